import { getTranslations } from "next-intl/server";
import { pinyin } from "pinyin-pro";
import {
  linesOf,
  quoteOf,
  stillReads,
  whereIn,
  withoutBlock,
  type Anchor,
  type Line,
} from "../../../../../../../domain/remark/anchor";
import {
  isUp,
  leafRefusal,
  REMARK_ABILITIES,
  remarkRefusal,
  type LeafFacts,
  type RemarkAbility,
} from "../../../../../../../domain/remark/policy";
import type { getRemarks, Remark } from "../../../../../../../domain/remark/queries";
import type { SectionPage } from "../../../../../../../domain/section/queries";
import type { Actor } from "../../../../../../../domain/kernel/actor";
import { dateTime } from "../../../../../../../messages/dates";
import { loadMessages, type Locale } from "../../../../../../../messages/load";
import type { RangeMark } from "./cut-pieces";
import {
  inTextOrder,
  LAST,
  orderOf,
  type Mention,
  type Place,
  type RemarkProps,
  type TextRemarks,
  type Thread,
} from "./threads";
import { fill } from "../../../../../../fill";

type Shown = Pick<SectionPage, "id" | "organ" | "text"> & LeafFacts;

/**
 * What a page shows of remarks: null for whoever has no part in them. `written`: the text stands in the editor, which
 * finds the places itself.
 */
export async function remarkProps(
  actor: Actor,
  section: Shown,
  found: Awaited<ReturnType<typeof getRemarks>>,
  locale: Locale,
  written = false,
): Promise<RemarkProps | null> {
  const refusal = leafRefusal("comment", actor, section);
  if (refusal === "not-found" || refusal === "not-your-role" || refusal === "not-your-department") return null;
  const isHidden = section.text.is === "hidden";
  if (isHidden && found.remarks.length === 0) return null;
  const refusals = await getTranslations("refusal");
  const words = loadMessages(locale).remark;
  const lines = isHidden ? null : linesOf(section.text.content);
  const threads = found.remarks.map((remark) => threadOf(actor, section, remark, lines, locale));
  const tables = new Set(
    section.text.content.content.filter((block) => block.type === "table").map((block) => block.attrs.id),
  );
  const up = isUp(section.status);
  const mentions = [
    mentionOf("drafter", section.organ, words.roles.drafter),
    mentionOf("signer", section.organ, words.roles.signer),
    ...(up || threads.some((thread) => thread.namesLead) ? [mentionOf("lead", found.leadOrgan, words.roles.lead)] : []),
  ];
  return {
    sectionId: section.id,
    threads: inTextOrder(threads, null).map(({ thread }) => thread),
    lines: written || !lines ? null : lines.map((line) => ({ ...line, isTable: tables.has(line.id) })),
    can: {
      comment: refusal === null && !isHidden,
      suggest: leafRefusal("suggest", actor, section) === null && !isHidden,
    },
    note: refusal && refusals(refusal),
    mentions,
    lead: actor.role === "lead" ? null : found.leadOrgan,
    isUp: up,
    words,
  };
}

/** For the text as it is read. */
export const textRemarks = (props: RemarkProps | null): TextRemarks | null =>
  props && { marks: rangeMarks(props), can: props.can, words: props.words };

/** The ranges that open remarks stand on, by block. */
function rangeMarks({ threads, words }: RemarkProps): Map<string, RangeMark[]> {
  const marks = new Map<string, RangeMark[]>();
  for (const { thread, place, number } of inTextOrder(threads, null)) {
    if (thread.ended || (place.standing !== "stands" && place.standing !== "changed")) continue;
    const isProposal = thread.kind === "suggestion" && place.standing === "stands";
    const label = fill(thread.kind === "suggestion" ? words.suggestionOf : words.markOf, { number, by: thread.by });
    const mark: RangeMark = {
      id: thread.id,
      from: place.from,
      to: place.to,
      replacement: isProposal ? thread.replacement : null,
      sign: fill(words.mark, { number }),
      label,
    };
    marks.set(place.blockId, [...(marks.get(place.blockId) ?? []), mark]);
  }
  return marks;
}

function threadOf(actor: Actor, section: Shown, remark: Remark, lines: Line[] | null, locale: Locale): Thread {
  const { blockId, blockText, from, to } = remark;
  const anchor = { blockId, blockText, from, to };
  const can = REMARK_ABILITIES.map((ability) => [ability, remarkRefusal(ability, actor, section, remark) === null]);
  return {
    id: remark.id,
    kind: remark.kind,
    internal: remark.internal,
    anchor: remark.outcome ? withoutBlock(anchor) : anchor,
    quote: quoteOf(anchor),
    text: remark.text,
    replacement: remark.replacement,
    by: remark.by,
    at: dateTime(remark.at, locale),
    replies: remark.replies.map((reply) => ({ ...reply, at: dateTime(new Date(reply.at), locale) })),
    ended:
      remark.outcome && remark.settledAt
        ? { outcome: remark.outcome, by: remark.settledLabel ?? "", at: dateTime(remark.settledAt, locale) }
        : null,
    can: Object.fromEntries(can) as Record<RemarkAbility, boolean>,
    namesLead: !remark.internal && (!remark.onDraft || isUp(section.status)),
    place: placeOf(anchor, lines),
  };
}

function placeOf(anchor: Anchor, lines: Line[] | null): Place {
  const { blockId, from, to } = anchor;
  if (!lines) return { standing: "away", blockId, from, to, order: LAST };
  const spot = whereIn(lines, anchor);
  if (spot.lost) return { standing: "lost", blockId, from, to, order: LAST };
  const at = lines.findIndex(({ id }) => id === spot.blockId);
  return {
    standing: stillReads(lines, spot, anchor) ? "stands" : "changed",
    blockId: spot.blockId,
    from: spot.from,
    to: spot.to,
    order: orderOf(at, spot.from),
  };
}

/** Found by its own letters and by the initials of their pinyin: 农业农村局经办人, nyncjjbr, jbr. */
function mentionOf(role: Mention["role"], organ: string, name: string): Mention {
  const label = `${organ}${name}`;
  const initials = (text: string) =>
    pinyin(text, { pattern: "first", toneType: "none", type: "array", nonZh: "consecutive" }).join("").toLowerCase();
  return { role, label, keys: [name, label, initials(label), initials(name)] };
}
