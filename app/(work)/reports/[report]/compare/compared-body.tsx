import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { ComparedBlock, ComparedText } from "../../../../../render/comparison";
import { AskedBeside } from "./asked";
import { ComparedGridTable } from "./compared-grid";
import { Spans } from "./spans";

type Props = {
  blocks: readonly ComparedBlock[];
  all: boolean;
  /** After the last change of the text come those of the annexes. */
  annexesChanged: boolean;
};

/**
 * The text in the order of the newer edition, each change under a line that says what it is and leads to the next. Without
 * `all`, what nothing happened to is folded away, but for a paragraph on either side and the headings that it stands under.
 */
export async function ComparedBody({ blocks, all, annexesChanged }: Props) {
  const t = await getTranslations("compare");
  const stops = blocks.flatMap((block, index) => (block.change === "same" ? [] : [index]));
  const ends = endsOf(blocks);
  // Notes stand beside the text; where nobody asked for anything, the text stands in the middle.
  const row = blocks.some(({ asked }) => asked.length > 0)
    ? "grid gap-x-8 lg:grid-cols-[minmax(0,39rem)_minmax(0,1fr)]"
    : "mx-auto max-w-160";
  const place = (index: number) => {
    const block = blocks[index];
    if (!block) return null;
    const at = stops.indexOf(index) + 1;
    const next = at < stops.length ? `#change-${at + 1}` : annexesChanged ? "#annexes" : null;
    return <Place key={index} block={block} ends={ends} row={row} {...(at === 0 ? {} : { stop: { at, next } })} />;
  };
  return (
    <section aria-labelledby="compared-body" className="sheet min-h-0! max-w-none! print:border-0 print:p-0">
      <h2 id="compared-body" className="sr-only">
        {t("body")}
      </h2>
      {all
        ? blocks.map((_, index) => place(index))
        : stretchesOf(blocks).map(({ shown, indexes }) =>
            shown ? (
              indexes.map(place)
            ) : (
              <details key={indexes[0]}>
                <summary className="link my-2 flex min-h-(--target) items-center print:min-h-0">
                  {t("unchanged", { count: indexes.length })}
                </summary>
                {indexes.map(place)}
              </details>
            ),
          )}
    </section>
  );
}

type Stretch = { shown: boolean; indexes: number[] };

function stretchesOf(blocks: readonly ComparedBlock[]): Stretch[] {
  const shown = new Set<number>();
  let headings: number[] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.kind === "heading") headings = block.level === 1 ? [index] : [...headings.slice(0, 1), index];
    if (block.change !== "same") for (const one of [...headings, index - 1, index, index + 1]) shown.add(one);
  }
  const stretches: Stretch[] = [];
  for (const index of blocks.keys()) {
    const last = stretches.at(-1);
    if (last?.shown === shown.has(index)) last.indexes.push(index);
    else stretches.push({ shown: shown.has(index), indexes: [index] });
  }
  // A single paragraph is as soon read as its fold.
  return stretches.map((stretch) => (stretch.indexes.length === 1 ? { ...stretch, shown: true } : stretch));
}

/** Of each move whether it went down the text. */
function endsOf(blocks: readonly ComparedBlock[]): Map<number, boolean> {
  const down = new Map<number, boolean>();
  for (const { move, change } of blocks) {
    if (move !== undefined && !down.has(move)) down.set(move, change === "moved-from");
  }
  return down;
}

type PlaceProps = {
  block: ComparedBlock;
  ends: ReadonlyMap<number, boolean>;
  /** How a block is laid out with its notes. */
  row: string;
  stop?: Stop;
};
/** Which change it is, from 1, and where the next one is. */
type Stop = { at: number; next: string | null };

async function Place({ block, ends, row, stop }: PlaceProps) {
  const words = block.kind === "table" ? <ComparedGridTable grid={block} all wide={false} /> : <Words block={block} />;
  if (!stop) {
    return (
      <div className={`${row} pl-4`}>
        <div className="doc min-w-0">{words}</div>
      </div>
    );
  }
  return (
    <div id={`change-${stop.at}`} className={`${row} my-3 scroll-mt-4 border-l-4 pl-3 ${BORDERS[block.change]}`}>
      <div className="min-w-0">
        <Line block={block} ends={ends} stop={stop} />
        <div className={`doc ${block.change === "moved-from" ? "text-ink-faint!" : ""}`}>{words}</div>
      </div>
      <AskedBeside asked={block.asked} />
    </div>
  );
}

const BORDERS = {
  same: "",
  changed: "border-mark-line",
  inserted: "border-status-approved",
  deleted: "border-status-overdue",
  "moved-from": "border-dashed border-line-strong",
  "moved-to": "border-line-strong",
} as const;
const SIGNS = { inserted: "+", deleted: "−", changed: "±" } as const;

/** What happened here, and the ways to the changes around it. */
async function Line({ block, ends, stop }: Pick<PlaceProps, "block" | "ends"> & { stop: Stop }) {
  const t = await getTranslations("compare");
  const { change, move = 0 } = block;
  const wentDown = ends.get(move) === true;
  const was = "was" in block && block.was ? ` · ${t("was", { kind: t(`kind.${block.was.kind}`) })}` : "";
  let sign: ReactNode = null;
  if (change === "moved-from" || change === "moved-to") {
    const isHere = change === "moved-from";
    const isDown = isHere === wentDown;
    sign = (
      <span id={`move-${move}-${isHere ? "from" : "to"}`} className="scroll-mt-16">
        <span aria-hidden>{isDown ? "↓ " : "↑ "}</span>
        {t(isHere ? "movedFrom" : "movedTo", { move, where: t(isDown ? "after" : "before") })}
        {was}{" "}
        <a href={`#move-${move}-${isHere ? "to" : "from"}`} className={JUMP}>
          {t(isHere ? "goThere" : "goBack")}
        </a>
      </span>
    );
  } else if (change !== "same") {
    sign = (
      <span>
        <span aria-hidden>{SIGNS[change]} </span>
        {t(`sign.${change}`)}
        {was}
      </span>
    );
  }
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 text-ink-soft">
      {sign}
      <span className="ml-auto flex gap-4 print:hidden">
        {stop.at > 1 && (
          <a href={`#change-${stop.at - 1}`} className={JUMP}>
            <span aria-hidden>↑&nbsp;</span>
            {t("previous")}
          </a>
        )}
        {stop.next && (
          <a href={stop.next} className={JUMP}>
            <span aria-hidden>↓&nbsp;</span>
            {t("next")}
          </a>
        )}
      </span>
    </div>
  );
}

const JUMP = "link inline-flex min-h-(--target) items-center print:hidden";

function Words({ block }: { block: ComparedText }) {
  const words = (
    <>
      <span className="number">
        <Spans spans={block.mark} />
      </span>
      <Spans spans={block.spans} />
    </>
  );
  // The page has its own first and second heading: those of the report come under them.
  if (block.kind === "heading") {
    return block.level === 1 ? (
      <h3 className="font-hei">{words}</h3>
    ) : (
      <h4 className="indent-[2em] font-kai">{words}</h4>
    );
  }
  const kind = block.kind === "paragraph" ? (block.mark.length > 0 ? "item" : undefined) : block.kind;
  return <p className={kind}>{words}</p>;
}
