import { createHmac, timingSafeEqual } from "node:crypto";
import { describe, expect, it, test } from "vitest";
import { isCallable } from "./callable";
import { signedCall } from "./webhook";

const BODY = {
  id: "0e0f7c1e-5a51-4c6f-9f5a-2a37a0f4a3ce",
  event: "section.returned",
  at: "2026-07-15T00:30:00.000Z",
  report: "xiangcheng-2026-h1",
  link: "https://huibao.example.gov.cn/reports/xiangcheng-2026-h1",
};

describe("a call of the webhook", () => {
  it("is signed over its timestamp and its very bytes", () => {
    const { headers, body } = signedCall("a shared secret", BODY, new Date("2026-07-15T00:31:00.900Z"));
    expect(JSON.parse(body)).toEqual(BODY);
    expect(headers["x-huibao-timestamp"]).toBe("1784075460");
    const expected = createHmac("sha256", "a shared secret").update(`1784075460.${body}`).digest();
    const given = Buffer.from(headers["x-huibao-signature"]?.replace("sha256=", "") ?? "", "hex");
    expect(timingSafeEqual(given, expected)).toBe(true);
  });

  it("has another signature with another secret, another time or another body, and the same id each time", () => {
    const at = new Date("2026-07-15T00:31:00Z");
    const calls = [
      signedCall("a shared secret", BODY, at),
      signedCall("another secret", BODY, at),
      signedCall("a shared secret", BODY, new Date("2026-07-15T00:32:00Z")),
      signedCall("a shared secret", { ...BODY, event: "section.passed" }, at),
    ];
    expect(new Set(calls.map(({ headers }) => headers["x-huibao-signature"])).size).toBe(4);
    expect(new Set(calls.map(({ headers }) => headers["x-huibao-id"])).size).toBe(1);
  });
});

test.each([
  ["https://oa.example.gov.cn/hooks/huibao", true],
  ["http://10.12.0.8:8080/in", true],
  ["http://[fd00::8]/in", true],
  ["http://192.168.3.4/in", true],
  ["https://1270.example.gov.cn/in", true],
  ["http://127.0.0.1:3000/in", false],
  ["http://127.1/in", false],
  ["http://2130706433/in", false],
  ["http://0.0.0.0/in", false],
  ["http://localhost/in", false],
  ["http://oa.localhost./in", false],
  ["http://169.254.169.254/latest/meta-data", false],
  ["http://[::1]:3000/in", false],
  ["http://[::]/in", false],
  ["http://[fe80::1]/in", false],
  ["http://[::ffff:127.0.0.1]/in", false],
  ["http://[::ffff:169.254.169.254]/in", false],
  ["http://[::ffff:10.12.0.8]/in", true],
  ["ftp://oa.example.gov.cn/in", false],
  ["file:///etc/passwd", false],
  ["javascript:alert(1)", false],
  ["https://name:secret@oa.example.gov.cn/", false],
  ["//oa.example.gov.cn/in", false],
  ["oa.example.gov.cn", false],
  ["", false],
])("calls to %s are possible: %s", (url, possible) => {
  expect(isCallable(url)).toBe(possible);
});
