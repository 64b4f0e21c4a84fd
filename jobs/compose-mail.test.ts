import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { NOTICE_EVENT_NAMES, type NoticeEvent, noticeKey } from "../domain/notice/events";
import type { NoticeFacts } from "../domain/notice/facts";
import { MAIL_CHOICES, MAIL_LOCALES } from "../domain/notice/workflow";
import { REASON_KINDS, REASON_SEVERITIES } from "../domain/review/workflow";
import { loadMessages } from "../messages/load";
import { composeDigest, composeNotice } from "./compose-mail";

const ORIGIN = "https://huibao.example.gov.cn";
const SECTION = "0e0f7c1e-5a51-4c6f-9f5a-2a37a0f4a3ce";

const facts = (event: NoticeEvent, more: Partial<NoticeFacts> = {}): NoticeFacts => ({
  event,
  at: "2026-07-15T00:30:00.000Z",
  by: "发改局综合股",
  reportSlug: "xiangcheng-2026-h1",
  reportName: "2026年上半年报告",
  editionId: null,
  edition: null,
  remarkId: null,
  sectionId: SECTION,
  indicatorId: null,
  title: "农业农村",
  step: "部门签发",
  dueOn: "2026-07-20",
  remark: null,
  reason: null,
  reasons: [],
  items: [],
  ...more,
});
const reader = { locale: "zh-CN", organ: "农业农村局", role: "drafter" };

describe("the mail of a return", () => {
  const reasons = [
    {
      kind: "data" as const,
      severity: "must" as const,
      quote: "增长5.1%",
      text: "与统计局不一致。",
      title: "农业农村",
    },
    {
      kind: "policy" as const,
      severity: "advice" as const,
      quote: "",
      text: "表述请按\n上级文件。",
      title: "农业农村",
    },
  ];
  const { subject, text, html } = composeNotice(ORIGIN)([facts("section.returned", { reasons })], reader);

  it("says who returned what, by when, every reason with its kind and weight, and where", () => {
    expect(subject).toBe("【汇报】发改局综合股 退回了“农业农村”，请看理由");
    for (const words of [
      "请于2026年7月20日前办理",
      "《2026年上半年报告》",
      "1. 数据 · 必须修改",
      "“增长5.1%”",
      "与统计局不一致。",
      "2. 政策表述 · 建议修改",
      `${ORIGIN}/reports/xiangcheng-2026-h1/sections/${SECTION}`,
      "农业农村局 · 经办人",
    ]) {
      expect(text).toContain(words);
    }
    expect(html).toContain("表述请按<br>上级文件。");
    expect(html).toContain(`href="${ORIGIN}/reports/xiangcheng-2026-h1/sections/${SECTION}"`);
  });

  it("loads nothing from anywhere", () => {
    expect(html).not.toMatch(/<(img|link|script|style|iframe)\b|src=|url\(|@import/i);
  });
});

it("what somebody typed never becomes markup, a header or a link of its own", () => {
  const evil = `<img src=x onerror="alert('1')">\r\nBcc: all@example.gov.cn`;
  const { subject, html } = composeNotice(ORIGIN)(
    [facts("remark.added", { title: evil, remark: evil, remarkId: SECTION, by: evil })],
    reader,
  );
  expect(subject).not.toMatch(/[\r\n]/);
  expect(html).not.toContain("<img");
  expect(html).toContain("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;");
});

it("a reminder has one link for each item, with its day", () => {
  const items = [
    { sectionId: SECTION, indicatorId: null, title: "农业农村", dueOn: "2026-07-20" },
    { sectionId: null, indicatorId: SECTION, title: "农林牧渔业总产值", dueOn: "2026-07-22" },
  ];
  const { subject, text } = composeNotice(ORIGIN)(
    [facts("reminder.urged", { items, sectionId: null, title: null })],
    reader,
  );
  expect(subject).toBe("【汇报】发改局综合股 催办《2026年上半年报告》2 项（7月20日到期）：农业农村、农林牧渔业总产值");
  expect(text).toContain(
    `- 农业农村 · 请于2026年7月20日前办理\n  ${ORIGIN}/reports/xiangcheng-2026-h1/sections/${SECTION}`,
  );
  expect(text).toContain(
    `- 农林牧渔业总产值 · 请于2026年7月22日前办理\n  ${ORIGIN}/reports/xiangcheng-2026-h1/indicators`,
  );
});

it("several rows that moved in one act are one mail: three named, all listed with their links", () => {
  const row = (title: string, step = "部门签发") =>
    facts("indicator.submitted", { title, sectionId: null, indicatorId: SECTION, step });
  const { subject, text } = composeNotice(ORIGIN)([row("甲"), row("乙"), row("丙"), row("丁")], {
    ...reader,
    role: "signer",
  });
  expect(subject).toBe("【汇报】发改局综合股 报出了指标“甲、乙、丙等 4 项”，现到部门签发");
  expect(text).toContain("需要办理的 4 项");
  expect(text.match(/\/review\?row=/g)).toHaveLength(4);
  const apart = composeNotice(ORIGIN)([row("甲"), row("乙", "统计核对")], reader);
  expect(apart.subject).toContain("“甲、乙”，现到下一环节");
});

it("a permit says for what, until when and why", () => {
  const items = [{ sectionId: SECTION, indicatorId: null, title: "农业农村", dueOn: "2026-07-25" }];
  const permit = facts("permit.given", { items, reason: "统计口径调整。", step: null });
  expect(composeNotice(ORIGIN)([permit], reader).subject).toBe(
    "【汇报】发改局综合股 许可延期至7月25日：农业农村（《2026年上半年报告》）。理由：统计口径调整。",
  );
});

it("a digest lists the notices by report, each with its link", () => {
  const other = { reportSlug: "xiangcheng-2025", reportName: "2025年报告" };
  const { subject, text } = composeDigest(ORIGIN)(
    [facts("section.passed"), facts("section.withdrawn", other), facts("remark.added", { remarkId: SECTION })],
    reader,
    "2026-07-16",
  );
  expect(subject).toBe("【汇报】7月16日动态 3 条");
  const first = text.indexOf("2026年上半年报告");
  const second = text.indexOf("2025年报告");
  expect(first).toBeGreaterThan(0);
  expect(text.indexOf("写了批注")).toBeGreaterThan(first);
  expect(second).toBeGreaterThan(text.indexOf("写了批注"));
  expect(text.match(/https:\S+\/reports\//g)).toHaveLength(3);
});

it.each(MAIL_LOCALES)("every event, reason and choice has its words in %s, in mails and settings", (locale) => {
  const problems: string[] = [];
  const onError = (error: Error) => problems.push(error.message);
  const t = createTranslator({ locale, messages: loadMessages(locale), namespace: "notice", onError });
  for (const event of NOTICE_EVENT_NAMES) {
    t(`settings.eventName.${noticeKey(event)}`);
    const { subject, text } = composeNotice(ORIGIN)([facts(event)], { ...reader, locale });
    expect(subject, event).not.toMatch(/[{}]|notice\./);
    expect(text, event).toMatch(/https:\/\/huibao\.example\.gov\.cn\/reports\//);
  }
  for (const kind of REASON_KINDS) t(`mail.kind.${kind}`);
  for (const severity of REASON_SEVERITIES) t(`mail.severity.${severity}`);
  for (const choice of MAIL_CHOICES) t(`settings.choice.${choice}`);
  expect(problems).toEqual([]);
});
