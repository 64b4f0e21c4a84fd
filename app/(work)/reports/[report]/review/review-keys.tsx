"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { Button } from "../../../../../ui/button";
import { KeysDialog, type KeyLine } from "../../../../../ui/keys-dialog";
import { useHelpKey } from "../../../../../ui/use-help-key";
import { usePlainKeys } from "../../../../../ui/use-plain-keys";

export type ReviewKeyWords = {
  next: string;
  before: string;
  keys: string;
  close: string;
  doNext: string;
  doBefore: string;
  doPass: string;
  doReturn: string;
  doQueue: string;
  doHelp: string;
};

type Props = { next: string | null; before: string | null; queue: string; words: ReviewKeyWords };

/** On to the next item and back, by links and by keys; the keys of the decision are told here too. */
export function ReviewKeys({ next, before, queue, words }: Props) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const open = useCallback(() => setOpen(true), []);
  useHelpKey(open);
  const go = (to: string | null) => (to === null ? false : router.push(to));
  usePlainKeys({
    n: () => go(next),
    j: () => go(next),
    k: () => go(before),
    q: () => go(queue),
    r: openReturn,
  });
  const lines: KeyLine[] = [
    ["N / J", words.doNext],
    ["K", words.doBefore],
    ["P", words.doPass],
    ["R", words.doReturn],
    ["Q", words.doQueue],
    ["?", words.doHelp],
  ];
  return (
    <>
      {before !== null && (
        <Link href={before} prefetch={false} className={LINK}>
          {words.before}
        </Link>
      )}
      {next !== null && (
        <Link href={next} prefetch={false} className={LINK}>
          {words.next}
        </Link>
      )}
      <Button type="button" kind="quiet" className="max-sm:hidden" onClick={open}>
        {words.keys}
      </Button>
      {isOpen && (
        <KeysDialog title={words.keys} close={words.close} groups={[{ lines }]} onClose={() => setOpen(false)} />
      )}
    </>
  );
}

const LINK = "link inline-flex min-h-(--target) items-center px-2";

/** To the first place for a reason; once something is written there, to the button, which Enter then presses. */
function openReturn(): boolean {
  const areas = [...document.querySelectorAll<HTMLTextAreaElement>('textarea[name^="reasons."]')];
  const written = areas.some((area) => area.value.trim() !== "");
  const button = document.querySelector<HTMLElement>('button[name="verdict"][value="return"]');
  const [first] = areas;
  if (written || !first) {
    button?.focus();
    return button !== null;
  }
  first.closest("details")?.setAttribute("open", "");
  first.focus();
  return true;
}
