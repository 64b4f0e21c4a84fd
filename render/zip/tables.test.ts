import { expect, it } from "vitest";
import { approvalsAsCsv } from "./tables";

const cellOf = (title: string) =>
  approvalsAsCsv({
    schema: "huibao.record/1",
    approvals: [
      {
        kind: "leaf",
        of: "s",
        title,
        department: "商务局",
        number: 1,
        verdict: "write",
        step: null,
        by: "商务局经办人",
        at: "2024-08-01T01:30:05.000Z",
      },
    ],
    audit: [],
    attachments: [],
    missing: [],
  });

it("writes nothing into a table that a spreadsheet would take for a formula", () => {
  for (const title of [
    "=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
    "@a",
    "+1",
    "-1",
    " =1",
    "\u3000＝1",
    "\n=1",
    "\t1",
    "\r1",
    "\n1",
  ])
    expect(cellOf(title), JSON.stringify(title)).toContain(`,"'${title}",`.replace(/^,/, `"段落",`));
  for (const title of ["农业", "1-6月=上半年", "（一）"]) expect(cellOf(title)).toContain(`"段落","${title}",`);
});
