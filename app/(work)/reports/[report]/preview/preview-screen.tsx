"use client";

import { useEffect, useRef, useState } from "react";
import { Button, LinkButton } from "../../../../../ui/button";
import { Notice } from "../../../../../ui/notice";
import { ActionBar } from "../../../../../ui/page";
import { usePlainKeys } from "../../../../../ui/use-plain-keys";
import { fill } from "../../../../fill";
import type { PreviewPage } from "./ask-preview";
import { pageList } from "./changed-pages";
import { pageAddress, usePreview, type Preview } from "./use-preview";

export type PreviewWords = Record<
  | "title"
  | "summary"
  | "making"
  | "page"
  | "pages"
  | "changed"
  | "updated"
  | "empty"
  | "failed"
  | "away"
  | "signedOut"
  | "signIn"
  | "notYours"
  | "full"
  | "keys"
  | "older"
  | "newer"
  | "back"
  | "zoom"
  | "fit"
  | "whole"
  | "real"
  | "listMark",
  string
>;

type Props = { report: string; name: string; since: number; words: PreviewWords };

const ZOOMS = ["fit", "whole", "real"] as const;
type Zoom = (typeof ZOOMS)[number];

/** The report as paper: all its pages one under the other, turned by keys and buttons, new as soon as a text is. */
export function PreviewScreen({ report, name, since, words }: Props) {
  const preview = usePreview(report, since);
  const [zoom, setZoom] = useState<Zoom>("fit");
  const list = useRef<HTMLOListElement>(null);
  const pages = preview.pages ?? [];
  const current = useCurrentPage(list, pages.length);
  const turn = (by: number) => {
    const wanted = Math.min(Math.max(current + by, 1), pages.length);
    const page = list.current?.children[wanted - 1];
    if (!page || wanted === current) return false;
    page.scrollIntoView({ block: "start" });
    return true;
  };
  usePlainKeys({
    ArrowLeft: () => turn(-1),
    ArrowRight: () => turn(1),
    PageUp: () => turn(-1),
    PageDown: () => turn(1),
  });
  return (
    <>
      <ActionBar
        back={{ href: `/reports/${report}/editions`, label: words.back }}
        title={words.title}
        status={<Said preview={preview} words={words} />}
        actions={
          <>
            <span className="min-w-32 text-center tabular-nums" title={words.keys}>
              {pages.length > 0 && fill(words.page, { number: current, count: pages.length })}
            </span>
            <Button type="button" icon="chevron-left" onClick={() => turn(-1)}>
              <span className="max-sm:sr-only">{words.older}</span>
            </Button>
            <Button type="button" icon="chevron-right" onClick={() => turn(1)}>
              <span className="max-sm:sr-only">{words.newer}</span>
            </Button>
            <label className="flex min-h-(--target) items-center gap-2 max-sm:hidden">
              <span className="text-ink-soft">{words.zoom}</span>
              <select
                value={zoom}
                onChange={(event) => setZoom(ZOOMS.find((one) => one === event.target.value) ?? "fit")}
                className="min-h-(--target) rounded border border-line bg-white px-2"
              >
                {ZOOMS.map((one) => (
                  <option key={one} value={one}>
                    {words[one]}
                  </option>
                ))}
              </select>
            </label>
          </>
        }
      />
      <main id="content" tabIndex={-1} className="flex flex-col gap-4 px-3 pt-4 pb-12 sm:px-6">
        <h2 className="sr-only">{name}</h2>
        <p className="mx-auto w-full max-w-200 text-ink-soft">{words.summary}</p>
        {preview.problem && <Problem problem={preview.problem} report={report} words={words} />}
        {preview.pages === null && preview.busy && (
          <div className="mx-auto aspect-[210/297] w-full max-w-200 border border-paper-edge bg-white" />
        )}
        <ol ref={list} className="flex flex-col items-center gap-4">
          {withKeys(pages).map(({ key, page, number }) => (
            <li key={`${key}-${preview.round}`} className={`scroll-mt-18 ${WIDTHS[zoom][page.wide ? "wide" : "tall"]}`}>
              {/* Drawn for this reader alone and asked for under their session: nothing to be scaled or kept by the server. */}
              {/* oxlint-disable-next-line next/no-img-element */}
              <img
                src={pageAddress(page)}
                alt={fill(words.page, { number, count: pages.length })}
                loading={number <= 2 ? "eager" : "lazy"}
                decoding="async"
                onError={preview.pageFailed}
                className={`block w-full border border-paper-edge bg-white ${page.wide ? "aspect-[297/210]" : "aspect-[210/297]"}`}
              />
            </li>
          ))}
        </ol>
      </main>
    </>
  );
}

const WIDTHS: Record<Zoom, Record<"wide" | "tall", string>> = {
  fit: { wide: "w-full max-w-280", tall: "w-full max-w-200" },
  whole: { wide: "w-[min(100%,calc((100dvh-9rem)*1.414))]", tall: "w-[min(100%,calc((100dvh-9rem)/1.414))]" },
  real: { wide: "w-[297mm]", tall: "w-[210mm]" },
};

function Said({ preview: { pages, busy, update }, words }: { preview: Preview; words: PreviewWords }) {
  const said = () => {
    if (busy) return words.making;
    if (!update) return pages ? fill(words.pages, { count: pages.length }) : "";
    const at = update.at.toLocaleTimeString("zh-CN", { hour12: false });
    return update.changed.length > 0
      ? fill(words.changed, { at, pages: pageList(update.changed, words.listMark) })
      : fill(words.updated, { at });
  };
  return (
    <span role="status" className="text-sm text-ink-soft">
      {said()}
    </span>
  );
}

type ProblemProps = { problem: NonNullable<Preview["problem"]>; report: string; words: PreviewWords };

function Problem({ problem, report, words }: ProblemProps) {
  switch (problem.state) {
    case "failed":
      return (
        <Notice tone="error" title={words.failed}>
          {problem.message}
        </Notice>
      );
    case "signed-out": {
      const next = encodeURIComponent(`/reports/${report}/preview`);
      return (
        <Notice tone="warning" action={<LinkButton href={`/sign-in?next=${next}`}>{words.signIn}</LinkButton>}>
          {words.signedOut}
        </Notice>
      );
    }
    case "not-yours":
      return <Notice tone="warning">{words.notYours}</Notice>;
    case "full":
      return <Notice tone="warning">{fill(words.full, { count: problem.count })}</Notice>;
    case "empty":
      return <Notice>{words.empty}</Notice>;
    case "away":
      return <Notice tone="warning">{words.away}</Notice>;
  }
}

/** A page that stays the same stays the same element, also when others come before it. */
function withKeys(pages: readonly PreviewPage[]): { key: string; page: PreviewPage; number: number }[] {
  const seen = new Map<string, number>();
  return pages.map((page, index) => {
    const times = (seen.get(page.sha256) ?? 0) + 1;
    seen.set(page.sha256, times);
    return { key: `${page.sha256}-${times}`, page, number: index + 1 };
  });
}

/** The page that the upper half of the window shows, from 1. */
function useCurrentPage(list: React.RefObject<HTMLOListElement | null>, count: number): number {
  const [current, setCurrent] = useState(1);
  useEffect(() => {
    let frame = 0;
    const look = () => {
      frame = 0;
      const middle = window.innerHeight / 2;
      const items = [...(list.current?.children ?? [])];
      const at = items.findIndex((item) => item.getBoundingClientRect().bottom > middle);
      setCurrent(Math.max(1, at < 0 ? count : Math.min(at + 1, count)));
    };
    const later = () => {
      frame ||= requestAnimationFrame(look);
    };
    look();
    window.addEventListener("scroll", later, { passive: true });
    window.addEventListener("resize", later);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("scroll", later);
      window.removeEventListener("resize", later);
    };
  }, [list, count]);
  return current;
}
