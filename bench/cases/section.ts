import { readFileSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright";
import { readText } from "../../domain/check/files/read-text";
import type { Content, ContentInline } from "../../domain/section/content";
import { findBrowser } from "../../e2e/find-browser";
import { alternate, median, type Result, rounded } from "../result";
import { say } from "../say";
import { signInAs, type System } from "../system";

const LOGIN = "nyncj-jb";
const CHARACTERS = 4000;
const FIGURES = 24;
const GOAL = { scriptKb: 320, firstKey: 1000, keystroke: 16 };
const ROUNDS = 5;
const KEYS = 60;
/** A quick typist; each key is painted before the next comes. */
const BETWEEN = 40;

type Where = { url: string; text: string; cookie: string };

/** (f) The section page in a browser: the scripts it sends, when one can write, and how soon a letter is painted. */
export async function measureSection(system: System, reasons: Record<string, string>): Promise<Result[]> {
  const [section, cookie, floorOrigin] = await Promise.all([
    aLongSection(system),
    signInAs(system, LOGIN),
    system.startFloor(""),
  ]);
  const product: Where = { url: `${system.origin}${section}`, text: ".ProseMirror", cookie };
  const floor: Where = { url: `${floorOrigin}/write`, text: "#text", cookie: "" };
  const browser = await chromium.launch({
    ...(await findBrowser()),
    // Without waiting for a screen's next picture: what is measured is the work until the letter is painted.
    args: [
      "--disable-frame-rate-limit",
      "--disable-gpu-vsync",
      "--disable-background-networking",
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  });
  try {
    return [
      ...(await scripts(browser, product, floor, reasons)),
      await firstKey(browser, product, floor, reasons),
      await keystrokes(browser, product, floor, reasons),
    ];
  } finally {
    await browser.close();
  }
}

async function scripts(browser: Browser, product: Where, floor: Where, reasons: Record<string, string>) {
  say("f.js: scripts of the section page");
  const [ours, bare] = [await scriptsOf(browser, product), await scriptsOf(browser, floor)];
  const [kb, floorKb] = [ours.first.sent / 1024, bare.first.sent / 1024];
  const met = kb <= GOAL.scriptKb;
  return [
    {
      id: "f.js",
      what: "scripts of a section page",
      unit: "KB gzip",
      floor: rounded(floorKb),
      product: rounded(kb),
      ratio: rounded(kb / floorKb),
      goal: `≤ ${GOAL.scriptKb} KB`,
      met,
      notes: `${ours.first.files} files, ${rounded(ours.first.raw / 1024)} KB unpacked, before one can write; with the rules of checking, which come after, ${rounded(ours.all.sent / 1024)} KB; the floor is Next's own on a bare page`,
      reason: met ? null : (reasons["f.js"] ?? ""),
    },
  ];
}

type Sum = { files: number; sent: number; raw: number };

/** What the page's own markup asks for, and all that came until the network was quiet. */
async function scriptsOf(browser: Browser, where: Where): Promise<{ first: Sum; all: Sum }> {
  const page = await open(browser, where);
  const sizes = new Map<string, { sent: number; raw: number }>();
  page.on("requestfinished", (request) => {
    if (request.resourceType() !== "script") return;
    void request.sizes().then(async ({ responseBodySize }) => {
      const raw = (await (await request.response())?.body())?.byteLength ?? 0;
      sizes.set(new URL(request.url()).pathname, { sent: responseBodySize, raw });
    });
  });
  const answer = await page.goto(where.url);
  const markup = (await answer?.text()) ?? "";
  await page.locator(where.text).waitFor();
  await page.waitForLoadState("networkidle");
  await page.context().close();
  const sum = (named: (path: string) => boolean) =>
    [...sizes].reduce(
      (so, [path, { sent, raw }]) =>
        named(path) ? { files: so.files + 1, sent: so.sent + sent, raw: so.raw + raw } : so,
      { files: 0, sent: 0, raw: 0 },
    );
  return { first: sum((path) => markup.includes(`src="${path}"`)), all: sum(() => true) };
}

async function firstKey(
  browser: Browser,
  product: Where,
  floor: Where,
  reasons: Record<string, string>,
): Promise<Result> {
  say("f.first: from navigation to the first letter painted");
  const time = async (where: Where) => {
    const page = await open(browser, where);
    await page.goto(where.url, { waitUntil: "commit" });
    const text = page.locator(`${where.text}[contenteditable=true]`);
    await text.waitFor();
    await listen(page, where.text);
    await text.focus();
    await page.keyboard.press("a");
    const { paintedAt } = await heard(page, 1);
    await page.context().close();
    return paintedAt;
  };
  await time(floor);
  await time(product);
  const times = await alternate(ROUNDS, { floor: () => time(floor), product: () => time(product) });
  const met = times.product < GOAL.firstKey;
  return {
    id: "f.first",
    what: "time to the first letter",
    unit: "ms",
    ...times,
    goal: `< ${GOAL.firstKey} ms`,
    met,
    notes: `cold cache, same machine, no throttling; rounds ${times.ratios.join(" ")}; ratio: times the floor`,
    reason: met ? null : (reasons["f.first"] ?? ""),
  };
}

async function keystrokes(
  browser: Browser,
  product: Where,
  floor: Where,
  reasons: Record<string, string>,
): Promise<Result> {
  say("f.key: from a key to its letter painted");
  const [ours, bare] = [await writing(browser, product), await writing(browser, floor)];
  const all = { product: [] as number[], floor: [] as number[] };
  const busy = { product: [] as number[], floor: [] as number[] };
  const side = (name: keyof typeof all, desk: Desk) => async () => {
    const heardOf = await typed(desk);
    all[name].push(...heardOf.times);
    busy[name].push(...heardOf.busy);
    return quantile(heardOf.times, 0.95);
  };
  await typed(bare);
  await typed(ours);
  const times = await alternate(ROUNDS, { floor: side("floor", bare), product: side("product", ours) });
  await Promise.all([ours.page.context().close(), bare.page.context().close()]);
  const p95 = rounded(quantile(all.product, 0.95));
  const met = p95 < GOAL.keystroke;
  return {
    id: "f.key",
    what: "keystroke to paint, p95",
    unit: "ms",
    floor: rounded(quantile(all.floor, 0.95)),
    product: p95,
    ratio: times.ratio,
    goal: `< ${GOAL.keystroke} ms`,
    met,
    notes: `${CHARACTERS} characters, ${FIGURES} figures, recognition on; p50 ${rounded(median(all.product))} against ${rounded(median(all.floor))} ms, p99 ${rounded(quantile(all.product, 0.99))} ms; the page's thread is busy for ${rounded(median(busy.product))} ms a key, p95 ${rounded(quantile(busy.product, 0.95))}, against ${rounded(median(busy.floor))} and ${rounded(quantile(busy.floor, 0.95))}, whatever else the machine does; ${all.product.length} keys; ratio: times the floor`,
    reason: met ? null : (reasons["f.key"] ?? ""),
  };
}

/** A page to write on, with a way to ask what its own thread has used of a processor. */
type Desk = { page: Page; busyTime: () => Promise<number> };

async function writing(browser: Browser, where: Where): Promise<Desk> {
  const page = await open(browser, where);
  await page.goto(where.url);
  await page.locator(`${where.text}[contenteditable=true]`).waitFor();
  await page.waitForLoadState("networkidle");
  // Into the middle of the text, where most words are set anew.
  const paragraphs = page.locator(`${where.text} p`);
  await paragraphs.nth(Math.floor((await paragraphs.count()) / 2)).click();
  await listen(page, where.text);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const busyTime = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };
  return { page, busyTime };
}

/** Types letters as a hand does, now and then a mark; gives what each took until it was painted, and of the thread. */
async function typed({ page, busyTime }: Desk): Promise<{ times: number[]; busy: number[] }> {
  await page.bringToFront();
  await page.evaluate(() => (window.heardKeys.length = 0));
  const busy: number[] = [];
  for (let key = 0; key < KEYS; key += 1) {
    const before = await busyTime();
    await page.keyboard.press(key % 12 === 11 ? "," : key % 7 === 6 ? "8" : "a");
    await heard(page, key + 1);
    busy.push((await busyTime()) - before);
    await new Promise((next) => setTimeout(next, BETWEEN));
  }
  const { times } = await heard(page, KEYS);
  for (let key = 0; key < KEYS; key += 1) await page.keyboard.press("Backspace");
  await heard(page, 2 * KEYS);
  return { times, busy };
}

declare global {
  interface Window {
    heardKeys: { took: number; paintedAt: number }[];
  }
}

/** From the key's own time stamp to after the frame that shows its letter. */
async function listen(page: Page, text: string): Promise<void> {
  await page.evaluate((selector) => {
    window.heardKeys = [];
    let pressedAt = 0;
    window.addEventListener("keydown", (event) => (pressedAt = event.timeStamp), { capture: true });
    document.querySelector(selector)?.addEventListener("input", () => {
      const since = pressedAt;
      requestAnimationFrame(() => {
        const after = new MessageChannel();
        after.port1.addEventListener("message", () => {
          const now = performance.now();
          window.heardKeys.push({ took: now - since, paintedAt: now });
        });
        after.port1.start();
        after.port2.postMessage(null);
      });
    });
  }, text);
}

async function heard(page: Page, keys: number): Promise<{ times: number[]; paintedAt: number }> {
  await page.waitForFunction((count) => window.heardKeys.length >= count, keys);
  const all = await page.evaluate(() => window.heardKeys);
  return { times: all.map(({ took }) => took), paintedAt: all.at(-1)?.paintedAt ?? Number.NaN };
}

async function open(browser: Browser, { url, cookie }: Where): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "zh-CN" });
  const [name = "", value = ""] = cookie.split("=");
  if (name) await context.addCookies([{ name, value, url: new URL(url).origin }]);
  return context.newPage();
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Puts a long text of the real report into a leaf in writing, with figures bound and typed; gives its page. */
async function aLongSection({ owner }: System): Promise<string> {
  const [leaf] = await owner.sql<{ id: string; report: string; report_id: string }[]>`
    select s.id, r.slug as report, r.id as report_id
      from sections s join reports r on r.id = s.report_id join organs o on o.id = s.organ_id join drafts d on d.section_id = s.id
     where r.status = 'collecting' and o.code = 'nyncj' and s.kind = 'text' and s.status in ('drafting', 'returned')
     order by s.position, s.id limit 1`;
  if (!leaf) throw new Error("the demonstration has no leaf in writing");
  const codes = await owner.sql<{ code: string }[]>`
    select code from indicators where report_id = ${leaf.report_id} order by position, id`;
  const content = longText(codes.map(({ code }) => code));
  await owner.sql`
    update drafts set content = ${JSON.stringify(content)}::text::jsonb, version = version + 1 where section_id = ${leaf.id}`;
  return `/reports/${leaf.report}/sections/${leaf.id}`;
}

function longText(codes: readonly string[]): Content {
  const { blocks } = readText(readFileSync(new URL("../../db/demo/2024-h1.clean.md", import.meta.url)));
  const paragraphs = blocks.filter(({ kind, text }) => kind === "paragraph" && text.length > 40);
  const content: Content["content"] = [];
  let characters = 0;
  for (const { text } of paragraphs) {
    if (characters >= CHARACTERS) break;
    const room = Math.min(text.length, CHARACTERS - characters);
    const number = content.length;
    const bound = Array.from({ length: 3 }, (_, nth) => codes[(number * 3 + nth) % codes.length] ?? "");
    const figures: ContentInline[] = bound.flatMap((indicator, nth): ContentInline[] =>
      number * 3 + nth >= FIGURES
        ? []
        : [
            { type: "text", text: "，" },
            {
              type: "figure",
              attrs: {
                id: `bench-figure-${number}-${nth}`,
                indicator,
                field: "actual",
                form: "unit",
                text: "1亿元",
                wording: null,
              },
            },
          ],
    );
    content.push({
      type: "paragraph",
      attrs: { id: `bench-block-${number}` },
      content: [{ type: "text", text: text.slice(0, room) }, ...figures],
    });
    characters += room;
  }
  return { type: "doc", content };
}
