import type { Transaction } from "../../db/client";
import { record } from "../audit/record";
import { transact, type Context } from "../kernel/context";
import { announce } from "../notice/announce";
import type { NoticeEvent } from "../notice/events";
import type { Verdict } from "../report/workflow";
import { giveReasons } from "../review/give-reasons";
import { recordVerdict } from "../review/record-verdict";
import { advance } from "../route/course";
import { SENT_BACK } from "../route/load";
import { presentStep } from "../route/route";
import { checkFigures, freezeFigures } from "./bindings";
import { authorizeAt, loadForChange, type LoadedSection } from "./load";
import { moveSection } from "./move";
import type { MoveSection, PassSection, ReturnSection } from "./schema";

/** 撤回: takes the last move back before anybody has decided on it. */
export async function withdrawSection(ctx: Context, input: MoveSection): Promise<void> {
  await transact(ctx, async (tx) => {
    const section = await loadForChange(tx, input.sectionId);
    authorizeAt(ctx, "withdraw", section, input.version);
    const { steps, course } = section.route;
    const to = course.from ?? "author";
    const signs = steps.find(({ id }) => id === to)?.action === "sign";
    const change = to === "author" ? SENT_BACK : signs ? { signedBy: null } : {};
    await moveSection(tx, ctx, section, "withdraw", advance(steps, course, { is: "withdraw", to }), change);
    // Who had it before them hears that it is gone.
    const stepId = presentStep(section.route)?.id ?? null;
    await announce(tx, ctx, { event: "section.withdrawn", reportId: section.reportId, sectionId: section.id, stepId });
  });
}

/** 签发: the department answers for the text (统计法 2024 Art 24). */
export const signSection = (ctx: Context, input: MoveSection): Promise<void> => passStep(ctx, "sign", input);

/** 通过. Once it is through the last step, the revision before it is the leaf's approved text, its figures frozen as they are. */
export const passSection = (ctx: Context, input: PassSection): Promise<void> => passStep(ctx, "pass", input);

/** 退回 with reasons, each naming a paragraph of the revision that was judged: to its author, or to an earlier step. */
export async function returnSection(ctx: Context, input: ReturnSection): Promise<void> {
  await transact(ctx, async (tx) => {
    const section = await loadForChange(tx, input.sectionId);
    authorizeAt(ctx, "return", section, input.version);
    const reviewId = await judge(tx, ctx, section, "return");
    await giveReasons(tx, ctx, section, reviewId, input.reasons);
    const { steps, course } = section.route;
    const moved = advance(steps, course, { is: "return", to: input.to ?? "author", way: input.way ?? "restart" });
    const stepId = await moveSection(tx, ctx, section, "return", moved, lostBy(section, moved));
    await announce(tx, ctx, { event: "section.returned", reportId: section.reportId, sectionId: section.id, stepId });
  });
}

async function passStep(ctx: Context, verb: "sign" | "pass", input: PassSection): Promise<void> {
  await transact(ctx, async (tx) => {
    const section = await loadForChange(tx, input.sectionId);
    authorizeAt(ctx, verb, section, input.version);
    const { steps, course, seats } = section.route;
    const act = { is: "pass", seat: ctx.actor.seatId, seats: seats.map(({ membershipId }) => membershipId) } as const;
    const moved = advance(steps, course, act);
    const isThrough = "course" in moved && moved.course.at.is === "done";
    if (isThrough) await freezeFigures(tx, ctx, section, input.figures);
    // One of several at the last step: the others' approvals must be of the same numbers.
    else if (presentStep(section.route)?.id === steps.at(-1)?.id)
      await checkFigures(tx, ctx, section.id, input.figures);
    await judge(tx, ctx, section, verb);
    const { id: sectionId, reportId } = section;
    // One vote of several: nothing has moved, and whoever decides beside has not decided on anything old.
    if ("course" in moved && !isThrough && moved.course.round === course.round) {
      await record(tx, ctx, {
        action: `section.${verb}`,
        subject: sectionId,
        reportId,
        detail: { from: section.status },
      });
      return;
    }
    const stepId = await moveSection(tx, ctx, section, verb, moved, {
      ...(verb === "sign" ? { signedBy: ctx.actor.userId } : {}),
      ...(isThrough ? { approvedRevisionId: section.submittedRevisionId } : {}),
    });
    const event: NoticeEvent = isThrough ? "section.passed" : verb === "sign" ? "section.signed" : "section.advanced";
    await announce(tx, ctx, { event, reportId, sectionId, stepId });
  });
}

/** Back to a step, the text stays before the reviewers; to its author, it does not. */
function lostBy(section: LoadedSection, moved: ReturnType<typeof advance>) {
  if (!("course" in moved) || moved.course.at.is !== "step") return SENT_BACK;
  const signs = presentStep({ steps: section.route.steps, course: moved.course })?.action === "sign";
  return { approvedRevisionId: null, ...(signs ? { signedBy: null } : {}) };
}

function judge(tx: Transaction, ctx: Context, section: LoadedSection, verdict: Verdict): Promise<string> {
  const { reportId, id: sectionId, organId, submittedRevisionId: revisionId, route } = section;
  const step = presentStep(route);
  const where = step ? { stepId: step.id, round: route.course.round } : {};
  return recordVerdict(tx, ctx, { reportId, verdict, sectionId, organId, revisionId, ...where });
}
