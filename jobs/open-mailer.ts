import { createTransport } from "nodemailer";
import type { OutgoingMail } from "../domain/notice/send-out";

export type Mailer = { send: (mail: OutgoingMail) => Promise<void>; close: () => void };

/** For those that the address itself does not set. */
const DEFAULTS = {
  pool: "true",
  maxConnections: "2",
  connectionTimeout: "10000",
  greetingTimeout: "10000",
  socketTimeout: "20000",
  disableFileAccess: "true",
  disableUrlAccess: "true",
};
/** A mail that has not been taken after this long has failed. */
const PATIENCE_MS = 60_000;

/**
 * A way to the mail server of SMTP_URL (smtp:// or smtps://, with user and password in it; nodemailer's options may follow
 * as its query). `from` is MAIL_FROM; `origin` our own address, whose host ends every Message-ID. A mail's Message-ID is
 * always that of its row: a receiver that gets it twice can tell. A password goes to another machine only encrypted,
 * unless the address says otherwise (?requireTLS=false). No error that this throws has words of the server's answer in it.
 */
export function openMailer(smtpUrl: string, origin: string, from: string | undefined): Mailer {
  const { protocol, username, hostname } = new URL(smtpUrl);
  if (protocol !== "smtp:" && protocol !== "smtps:") throw new Error("not an address of a mail server");
  const host = new URL(origin).hostname;
  const user = decodeURIComponent(username);
  const sender = from || (user.includes("@") ? user : `huibao@${host.includes(".") ? host : hostname}`);
  const transport = createTransport(withDefaults(smtpUrl), { from: sender });
  return {
    async send({ id, address, subject, text, html }) {
      const sending = transport.sendMail({
        to: { name: "", address },
        subject,
        text,
        html,
        messageId: `<${id}@${host}>`,
        headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
      });
      const failure = await orTimeout(sending, PATIENCE_MS).then(() => null, describe);
      if (failure !== null) throw new Error(failure);
    },
    close: () => transport.close(),
  };
}

/** `smtpUrl` with what it leaves open; what it says of encryption itself stays. */
export function withDefaults(smtpUrl: string): string {
  const url = new URL(smtpUrl);
  const mustEncrypt = url.protocol === "smtp:" && url.password !== "" && !isLocal(url.hostname);
  for (const [option, value] of Object.entries(DEFAULTS)) {
    if (!url.searchParams.has(option)) url.searchParams.set(option, value);
  }
  const isSaid = ["requireTLS", "ignoreTLS", "secure"].some((option) => url.searchParams.has(option));
  if (mustEncrypt && !isSaid) url.searchParams.set("requireTLS", "true");
  return url.toString();
}

const isLocal = (host: string): boolean =>
  host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);

/**
 * Which kind of failure, the server's code and its enhanced status (RFC 3463), e.g. "EENVELOPE 550 5.1.1". Never its words:
 * servers quote what they were given, in whatever coding.
 */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return "the mail could not be handed over";
  if (error instanceof Late) return error.message;
  const said = new Map<string, unknown>(Object.entries(error));
  const code = wordOf(said.get("code"));
  // The system's own name of what broke: ECONNREFUSED in "connect ECONNREFUSED 10.0.0.8:25".
  const system = said.has("response")
    ? ""
    : (/\bE(?:CONN|HOST|NET|PIPE|NOTFOUND|AI_AGAIN)[A-Z]*\b/.exec(error.message)?.[0] ?? "");
  const answer = wordOf(said.get("responseCode"));
  const status = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(wordOf(said.get("response")))?.[1] ?? "";
  const meaning = code === "EAUTH" ? "EAUTH: the mail server refuses the user or the password" : code;
  const words = [meaning, system === code ? "" : system, answer, status].filter((word) => word !== "");
  return words.length > 0 ? words.join(" ") : "the mail could not be handed over";
}

const wordOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

class Late extends Error {}

async function orTimeout(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late("the mail server did not answer in time")), milliseconds);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
