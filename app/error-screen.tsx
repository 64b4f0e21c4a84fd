"use client";

import { useEffect, useState } from "react";
import { Button, LinkButton } from "../ui/button";
import en from "../messages/en/error.json";
import zh from "../messages/zh-CN/error.json";

/** Says what is the matter, what is safe and what to do. Needs neither database nor server words: both may be away. */
export function ErrorScreen({ digest, retry }: { digest: string | undefined; retry: () => void }) {
  const [words, setWords] = useState<typeof zh>(zh);
  useEffect(() => {
    if (document.cookie.includes("huibao-locale=en")) setWords(en);
  }, []);
  const kind = digest === "database-away" || digest === "disk-full" ? digest : "broken";
  const reference = digest?.replace(/^ref-/, "") ?? "—";
  return (
    <main id="content" className="mx-auto max-w-160 px-6 py-20">
      <h1 className="text-xl font-semibold">{words[kind].title}</h1>
      <p className="mt-3 text-ink-soft">{words[kind].text.replace("{reference}", reference)}</p>
      <div className="mt-6 flex gap-2">
        <Button kind="primary" type="button" onClick={retry}>
          {words.retry}
        </Button>
        <LinkButton href="/desk">{words.desk}</LinkButton>
      </div>
    </main>
  );
}
