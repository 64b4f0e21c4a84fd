"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { followStream } from "../../../../../ui/follow-stream";
import { askPreview, type Asked, type PreviewPage } from "./ask-preview";
import { changedPages } from "./changed-pages";

const AGAIN_MS = 5_000;
/** A picture that still does not come is no reason to ask all the time. */
const RENEW_MS = 30_000;
/** Pages that are fetched before they take the place of the old ones, so that nothing flickers. */
const FETCHED_AHEAD = 6;

export type Preview = {
  pages: PreviewPage[] | null;
  /** Whether newer pages are being made. */
  busy: boolean;
  problem: Exclude<Asked, { state: "done" | "superseded" }> | null;
  /** Of the last update after the first: when, and which pages it changed. */
  update: { at: Date; changed: number[] } | null;
  /** How often they were asked for again because a picture did not come; it is fetched anew in each round. */
  round: number;
};

/**
 * The report's pages, kept as the report is now: whatever moves in it has them made anew, and so does `pageFailed`, for a
 * picture that does not come, because pages lie for an hour only. Whoever may not see them any more is not asked for.
 */
export function usePreview(report: string, since: number): Preview & { pageFailed: () => void } {
  const [preview, setPreview] = useState<Preview>({
    pages: null,
    busy: true,
    problem: null,
    update: null,
    round: 0,
  });
  const renew = useRef(() => {});

  const take = useEffectEvent(async (asked: Asked, isRenewed: boolean): Promise<void> => {
    if (asked.state !== "done") {
      if (asked.state === "superseded") return;
      const isGone = asked.state === "not-yours";
      setPreview((now) => ({ ...now, pages: isGone ? null : now.pages, busy: false, problem: asked }));
      return;
    }
    const changed = changedPages(preview.pages ?? [], asked.pages);
    const isSame = changed.length === 0 && preview.pages?.length === asked.pages.length;
    if (preview.pages)
      await Promise.all(changed.slice(0, FETCHED_AHEAD).map((number) => fetchAhead(asked.pages[number - 1])));
    setPreview((now) => ({
      pages: isSame ? now.pages : asked.pages,
      busy: false,
      problem: null,
      update: now.pages && !isSame ? { at: new Date(), changed } : now.update,
      round: isRenewed ? now.round + 1 : now.round,
    }));
  });

  useEffect(() => {
    const ended = new AbortController();
    let isAsking = false;
    let isBehind = false;
    let again: ReturnType<typeof setTimeout> | undefined;
    let hasFailed = false;
    let renewedAt = Number.NEGATIVE_INFINITY;
    const ask = async () => {
      isBehind = true;
      if (isAsking) return;
      isAsking = true;
      clearTimeout(again);
      while (isBehind && !ended.signal.aborted) {
        isBehind = false;
        setPreview((now) => ({ ...now, busy: true }));
        const asked = await askPreview(report, ended.signal);
        if (ended.signal.aborted) return;
        const isRenewed = hasFailed && asked.state === "done";
        if (isRenewed) {
          hasFailed = false;
          renewedAt = performance.now();
        }
        await take(asked, isRenewed);
        if (asked.state === "superseded") isBehind = true;
        if (asked.state === "away") again = setTimeout(() => void ask(), AGAIN_MS);
        if (asked.state === "signed-out" || asked.state === "not-yours") leave();
      }
      isAsking = false;
    };
    renew.current = () => {
      if (hasFailed) return;
      hasFailed = true;
      clearTimeout(again);
      again = setTimeout(() => void ask(), Math.max(0, renewedAt + RENEW_MS - performance.now()));
    };
    const leave = followStream(() => `/api/live?report=${encodeURIComponent(report)}&since=${since}`, {
      moved: () => void ask(),
    });
    void ask();
    return () => {
      ended.abort();
      clearTimeout(again);
      leave();
    };
  }, [report, since]);
  return { ...preview, pageFailed: () => renew.current() };
}

async function fetchAhead(page: PreviewPage | undefined): Promise<void> {
  if (!page) return;
  const image = new Image();
  image.src = pageAddress(page);
  await image.decode().catch(() => {});
}

export const pageAddress = ({ sha256 }: PreviewPage): string => `/api/exports/pages/${sha256}`;
