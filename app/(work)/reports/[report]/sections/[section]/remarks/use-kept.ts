import { useState } from "react";

/** What is being written, kept in this window until it is sent or given up: it outlives a reload of the page. */
export function useKept(key: string, first = ""): [value: string, change: (value: string) => void, drop: () => void] {
  const [value, setValue] = useState(() => read(key) ?? first);
  const change = (now: string) => {
    setValue(now);
    write(key, now === first ? null : now);
  };
  return [value, change, () => write(key, null)];
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(PREFIX + key);
    else sessionStorage.setItem(PREFIX + key, value);
  } catch {
    // Without storage it is on the page alone.
  }
}

const PREFIX = "huibao-remark-";
