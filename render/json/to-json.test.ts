import { describe, expect, it } from "vitest";
import { aSmallReport } from "../small-report";
import { toJson } from "./to-json";

describe("the report as JSON", () => {
  it("is the same file when a database has turned the keys around", () => {
    const report = aSmallReport();
    const { blocks, annexes, contributions, report: about, schema } = report;
    const turned = {
      annexes,
      blocks,
      schema,
      contributions,
      report: Object.fromEntries(Object.entries(about).toReversed()),
    };
    expect(toJson({ ...turned, report: turned.report as typeof about })).toBe(toJson(report));
  });

  it("says everything that the document says, in lines", () => {
    const text = toJson(aSmallReport());
    expect(JSON.parse(text)).toMatchObject({ document: aSmallReport(), edition: null, record: null, figures: [] });
    expect(text).toContain('\n  "schema": "huibao.edition/1"');
    expect(text.endsWith("}\n")).toBe(true);
  });
});
