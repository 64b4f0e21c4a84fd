import { describe, expect, it } from "vitest";
import { advance, isDecided, nextFromAuthor, returnableSteps, START, type Act, type Course, type Mode } from "./course";

const step = (id: string, mode: Mode = { is: "any" }) => ({ id, mode });
const ROUTE = [step("sign"), step("confirm"), step("review")];
const ALL = ["a", "b", "c"];

/** Where acts lead from the author, or the first refusal; "a", "b" … pass the present step from their seats. */
function after(acts: readonly Act[], route = ROUTE, from: Course = START): Course | string {
  let course = from;
  for (const act of acts) {
    const moved = advance(route, course, act);
    if ("refused" in moved) return moved.refused;
    course = moved.course;
  }
  return course;
}
const submit: Act = { is: "submit" };
const pass = (seat = "a", seats: readonly string[] = ALL): Act => ({ is: "pass", seat, seats });
const back = (to: "author" | "previous" | { step: string }, way: "resume" | "restart" = "restart"): Act => ({
  is: "return",
  to,
  way,
});
const withdraw = (to: string): Act => ({ is: "withdraw", to });
const place = (course: Course | string): string =>
  typeof course === "string" ? course : course.at.is === "step" ? course.at.step : course.at.is;

describe("a course along a route", () => {
  it.each<[string, Act[], string]>([
    ["goes from the author to the first step", [submit], "sign"],
    ["from step to step", [submit, pass(), pass()], "review"],
    ["and is through after the last", [submit, pass(), pass(), pass()], "done"],
    ["is not submitted twice", [submit, submit], "section-not-open"],
    ["is not passed while its author has it", [pass()], "not-at-a-step"],
    ["nor when it is through", [submit, pass(), pass(), pass(), pass()], "not-at-a-step"],
    ["is not passed by who does not sit there", [submit, pass("x")], "not-your-step"],
    ["what is through and worked on again takes the route again", [submit, pass(), pass(), pass(), submit], "sign"],
    ["is not returned by nobody", [back("author")], "not-at-a-step"],
    ["goes back to its author from any step", [submit, pass(), back("author")], "author"],
    ["and when it is through", [submit, pass(), pass(), pass(), back("author")], "author"],
    ["goes back one step", [submit, pass(), pass(), back("previous")], "confirm"],
    ["from the first step to the author", [submit, back("previous")], "author"],
    ["from the end to the last step", [submit, pass(), pass(), pass(), back("previous")], "review"],
    ["goes back to a chosen step", [submit, pass(), pass(), back({ step: "sign" })], "sign"],
    ["never forward", [submit, back({ step: "review" })], "not-an-earlier-step"],
    ["nor to where it is", [submit, pass(), back({ step: "confirm" })], "not-an-earlier-step"],
    ["nor to a step of another route", [submit, pass(), back({ step: "elsewhere" })], "not-an-earlier-step"],
    ["after a correction takes the route again", [submit, pass(), pass(), back("author", "restart"), submit], "sign"],
    ["or resumes where it was returned", [submit, pass(), pass(), back("author", "resume"), submit], "review"],
    ["sent to a step, resumes behind it", [submit, pass(), pass(), back({ step: "sign" }, "resume"), pass()], "review"],
    ["or goes through the steps between", [submit, pass(), pass(), back({ step: "sign" }), pass()], "confirm"],
    ["is taken back by its author", [submit, withdraw("author")], "author"],
    ["by the step that sent it on", [submit, pass(), withdraw("sign")], "sign"],
    ["by nobody else", [submit, pass(), withdraw("author")], "section-not-withdrawable"],
    ["not twice", [submit, pass(), withdraw("sign"), withdraw("author")], "section-not-withdrawable"],
    ["not when it is through", [submit, pass(), pass(), pass(), withdraw("review")], "section-not-withdrawable"],
    [
      "not after a return to a step",
      [submit, pass(), back("previous"), withdraw("author")],
      "section-not-withdrawable",
    ],
  ])("%s", (_, acts, expected) => {
    expect(place(after(acts))).toBe(expected);
  });

  it("remembers across a withdrawal where a correction was to go", () => {
    const returned = [submit, pass(), pass(), back("author", "resume")];
    expect(place(after([...returned, submit, withdraw("author"), submit]))).toBe("review");
  });

  it("forgets it once the step that returned it has let it pass", () => {
    const route = [...ROUTE, step("last")];
    const passed = after([submit, pass(), back("author", "resume"), submit, pass()], route);
    expect(place(passed)).toBe("review");
    expect(typeof passed === "string" || passed.comeback).toBeNull();
  });

  it("counts each arrival as a round, so that no vote is taken for one of another", () => {
    const course = after([submit, pass(), back("previous"), pass()]);
    expect(typeof course === "string" ? course : course.round).toBe(4);
  });

  it("ends at once where a route has no steps", () => {
    expect(place(after([submit], []))).toBe("done");
  });

  it("says for a button where it goes next, and where it may be returned to", () => {
    const here = after([submit, pass(), pass()]) as Course;
    expect(returnableSteps(ROUTE, here)).toEqual(["sign", "confirm"]);
    expect(returnableSteps(ROUTE, START)).toEqual([]);
    expect(nextFromAuthor(ROUTE, START)).toBe("sign");
    expect(nextFromAuthor(ROUTE, after([submit, pass(), back("author", "resume")]) as Course)).toBe("confirm");
  });
});

describe("how many must pass a step", () => {
  it.each<[Mode, number, number, boolean]>([
    [{ is: "any" }, 0, 3, false],
    [{ is: "any" }, 1, 3, true],
    [{ is: "all" }, 2, 3, false],
    [{ is: "all" }, 3, 3, true],
    [{ is: "all" }, 0, 0, false],
    [{ is: "quorum", count: 2 }, 1, 3, false],
    [{ is: "quorum", count: 2 }, 2, 3, true],
    [{ is: "quorum", count: 9 }, 3, 3, true],
    [{ is: "quorum", count: 9 }, 2, 3, false],
  ])("%o: %i of %i", (mode, passed, seats, decided) => {
    expect(isDecided(mode, passed, seats)).toBe(decided);
  });

  it.each<[string, Mode, Act[], string]>([
    ["any one", { is: "any" }, [pass("b")], "review"],
    ["all, one of them", { is: "all" }, [pass("a")], "sign"],
    ["all, all of them", { is: "all" }, [pass("a"), pass("b"), pass("c")], "review"],
    ["all, one of them twice", { is: "all" }, [pass("a"), pass("a")], "already-decided"],
    ["all, when one has left meanwhile", { is: "all" }, [pass("a"), pass("b", ["a", "b"])], "review"],
    ["a vote of one who has left counts no more", { is: "all" }, [pass("a"), pass("b", ["b", "c"])], "sign"],
    ["a quorum", { is: "quorum", count: 2 }, [pass("a"), pass("c")], "review"],
    ["what one of all returns goes back whole", { is: "all" }, [pass("a"), back("author")], "author"],
    [
      "what one of all has passed is not taken back",
      { is: "all" },
      [pass("a"), withdraw("author")],
      "section-not-withdrawable",
    ],
  ])("%s", (_, mode, acts, expected) => {
    expect(place(after([submit, ...acts], [step("sign", mode), step("review")]))).toBe(expected);
  });
});
