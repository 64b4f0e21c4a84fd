import { describe, expect, it } from "vitest";
import { byReport, type DigestLine, groupDigests } from "./digest";
import type { NoticeFacts } from "./facts";

const facts = (event: string, report: string) => ({ event, reportSlug: report, reportName: report }) as NoticeFacts;
const line = (id: string, user: string, outbox: string, more: Partial<DigestLine> = {}): DigestLine => ({
  notification_id: id,
  outbox_id: outbox,
  user_id: user,
  jurisdiction_id: "district",
  email: `${user}@example.gov.cn`,
  locale: "zh-CN",
  quiet_from: null,
  quiet_until: null,
  organ: "农业农村局",
  role: "drafter",
  facts: facts(outbox, "h1"),
  ...more,
});

describe("a day's digests", () => {
  it("are one for each person, in the order of the notices, and settle every notice", () => {
    const { digests, dropped } = groupDigests([line("1", "a", "x"), line("2", "b", "x"), line("3", "a", "y")]);
    expect(digests.map(({ reader, notifications }) => [reader.email, notifications])).toEqual([
      ["a@example.gov.cn", ["1", "3"]],
      ["b@example.gov.cn", ["2"]],
    ]);
    expect(digests[0]?.facts.map(({ event }) => event)).toEqual(["x", "y"]);
    expect(dropped).toEqual([]);
  });

  it("say once what came to two posts of one person, and settle both notices", () => {
    const [digest] = groupDigests([line("1", "a", "x"), line("2", "a", "x", { role: "signer" })]).digests;
    expect(digest?.facts).toHaveLength(1);
    expect(digest?.notifications).toEqual(["1", "2"]);
  });

  it("drop what waits for somebody without an address", () => {
    const { digests, dropped } = groupDigests([line("1", "a", "x", { email: null }), line("2", "b", "x")]);
    expect(dropped).toEqual(["1"]);
    expect(digests.map(({ reader }) => reader.user_id)).toEqual(["b"]);
  });
});

it("the notices of a digest stand under their reports", () => {
  const groups = byReport([facts("a", "h1"), facts("b", "year"), facts("c", "h1")]);
  expect(groups.map(({ name, facts: of }) => [name, of.map(({ event }) => event)])).toEqual([
    ["h1", ["a", "c"]],
    ["year", ["b"]],
  ]);
});
