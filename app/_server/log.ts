import "server-only";
import pino from "pino";

/** Structured lines on stderr. Passwords, tokens, cookies and report texts never get in. */
export const log = pino(
  {
    level: process.env["LOG_LEVEL"] ?? "warn",
    base: { part: "web" },
    redact: [
      "password",
      "*.password",
      "token",
      "*.token",
      "cookie",
      "*.cookie",
      "content",
      "*.content",
      "authorization",
    ],
  },
  pino.destination(2),
);

/** Logs a defect and gives the number that the user is shown. Queries are logged without their parameters. */
export function logBroken(error: unknown, where: string): string {
  const reference = crypto.randomUUID().slice(0, 8);
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { name, message, stack } = cause instanceof Error ? cause : new Error(String(cause));
  log.error({ reference, where, error: { name, message: message.slice(0, 300), stack } }, "broken");
  return reference;
}
