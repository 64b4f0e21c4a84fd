import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FigureField } from "../../../../../../domain/indicator/figure";
import type { FillCell } from "../../../../../../domain/indicator/schema";
import { CellQueue, type SaveState, type SendAnswer } from "./save-queue";

const aCell = (indicatorId: string, field: FigureField, digits = "1"): FillCell => ({
  indicatorId,
  field,
  version: 1,
  figure: { state: "number", digits },
  reason: null,
});

function aDesk(answer: (cells: FillCell[]) => SendAnswer["status"] | "nothing" = () => "saved") {
  const desk = {
    waiting: [] as FillCell[],
    composing: false,
    sent: [] as string[],
    states: [] as SaveState["kind"][],
    closed: [] as string[],
    refused: [] as string[],
  };
  const done = (cells: readonly FillCell[]) => (desk.waiting = desk.waiting.filter((cell) => !cells.includes(cell)));
  const queue = new CellQueue({
    unsent: (limit) => desk.waiting.slice(0, limit),
    send: async (cells): Promise<SendAnswer> => {
      desk.sent.push(cells.map((cell) => `${cell.indicatorId}.${cell.field}`).join(" "));
      const status = answer(cells);
      if (status === "saved") return { status, saved: cells.map((cell) => ({ ...cell, version: 2 })), conflicts: [] };
      if (status === "nothing") return { status: "saved", saved: [], conflicts: [] };
      return status === "broken" ? { status, reference: "ab12" } : { status };
    },
    onSaved: (sent) => done(sent),
    onClosed: (ids) => {
      desk.closed.push(...ids);
      desk.waiting = desk.waiting.filter((cell) => !ids.includes(cell.indicatorId));
    },
    onRefused: (cell) => {
      desk.refused.push(`${cell.indicatorId}.${cell.field}`);
      done([cell]);
    },
    onState: (state) => desk.states.push(state.kind),
    isComposing: () => desk.composing,
    delay: 1000,
  });
  return { desk, queue };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("cells go out together a moment after the last change", async () => {
  const { desk, queue } = aDesk();
  desk.waiting = [aCell("a", "actual")];
  queue.changed();
  await vi.advanceTimersByTimeAsync(800);
  desk.waiting = [...desk.waiting, aCell("a", "growth")];
  queue.changed();
  await vi.advanceTimersByTimeAsync(999);
  expect(desk.sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(desk.sent).toEqual(["a.actual a.growth"]);
  expect(desk.states).toEqual(["dirty", "dirty", "saving", "saved"]);
});

test("nothing is sent while an input method composes", async () => {
  const { desk, queue } = aDesk();
  desk.waiting = [aCell("a", "remark")];
  desk.composing = true;
  queue.changed();
  await vi.advanceTimersByTimeAsync(5000);
  expect(desk.sent).toEqual([]);
  desk.composing = false;
  await vi.advanceTimersByTimeAsync(400);
  expect(desk.sent).toEqual(["a.remark"]);
});

test("a server that is away is asked again until it answers, and the cells wait", async () => {
  let away = 2;
  const { desk, queue } = aDesk(() => (away-- > 0 ? "offline" : "saved"));
  desk.waiting = [aCell("a", "actual")];
  queue.changed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(desk.states.at(-1)).toBe("offline");
  expect(desk.waiting).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(desk.sent).toHaveLength(3);
  expect(desk.states.at(-1)).toBe("saved");
  expect(desk.waiting).toEqual([]);
});

test("an ended sign-in is not tried again by itself, but by the next change", async () => {
  const { desk, queue } = aDesk(() => "signed-out");
  desk.waiting = [aCell("a", "actual")];
  queue.changed();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(desk.sent).toHaveLength(1);
  expect(desk.states.at(-1)).toBe("signed-out");
  queue.changed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(desk.sent).toHaveLength(2);
});

test("one row that is closed keeps no other row's cells from being saved", async () => {
  const { desk, queue } = aDesk((cells) => (cells.some((cell) => cell.indicatorId === "c") ? "not-open" : "saved"));
  desk.waiting = ["a", "b", "c", "d"].flatMap((id) => [aCell(id, "actual"), aCell(id, "growth")]);
  expect(await queue.flush()).toBe(true);
  expect(desk.closed).toEqual(["c"]);
  expect(desk.sent.slice(1)).toEqual([
    "a.actual a.growth b.actual b.growth",
    "c.actual c.growth d.actual d.growth",
    "c.actual c.growth",
    "d.actual d.growth",
  ]);
});

test("a cell that the server will not have stands alone in the end, and the rest is saved", async () => {
  const { desk, queue } = aDesk((cells) => (cells.some((cell) => cell.field === "rankTotal") ? "invalid" : "saved"));
  desk.waiting = (["actual", "growth", "rankTotal", "remark"] as const).map((field) => aCell("a", field));
  await queue.flush();
  expect(desk.refused).toEqual(["a.rankTotal"]);
  expect(desk.waiting).toEqual([]);
});

test("more cells than one request carries go out one request after the other", async () => {
  const { desk, queue } = aDesk();
  desk.waiting = Array.from({ length: 450 }, (_, at) => aCell(`row-${at}`, "actual"));
  expect(await queue.flush()).toBe(true);
  expect(desk.sent).toHaveLength(3);
  expect(desk.states.at(-1)).toBe("saved");
});

test("an answer that takes up none of the cells is a defect, not an endless loop", async () => {
  const { desk, queue } = aDesk(() => "nothing");
  desk.waiting = [aCell("a", "actual")];
  expect(await queue.flush()).toBe(false);
  expect(desk.sent).toHaveLength(1);
  expect(desk.states.at(-1)).toBe("broken");
});

test("a row that is closed by itself does not count as saved", async () => {
  const { desk, queue } = aDesk(() => "not-open");
  desk.waiting = [aCell("a", "actual")];
  await queue.flush();
  expect(desk.closed).toEqual(["a"]);
  expect(desk.states).toEqual(["saving", "clean"]);
});
