import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { SMTPServer, type SMTPServerSession } from "smtp-server";

/** A mail as it came over the wire. */
export type Received = { to: string[]; id: string; raw: string };

export type MailServer = {
  url: string;
  received: Received[];
  /** What to say to the next mails instead of taking them. */
  refuseWith: (message: string | null) => void;
  /** Called with each mail that has been taken, before the sender is told so. */
  beforeAnswer: (hold: (mail: Received) => Promise<void>) => void;
  close: () => Promise<void>;
};

/** A real mail server on a port of its own. With `password` it asks for "huibao" and that. */
export async function aMailServer(options: { password?: string; port?: number } = {}): Promise<MailServer> {
  const received: Received[] = [];
  let refusal: string | null = null;
  let hold: (mail: Received) => Promise<void> = async () => {};
  async function take(stream: Readable, session: SMTPServerSession, answer: (error?: Error) => void): Promise<void> {
    const raw = await text(stream);
    if (refusal !== null) {
      answer(Object.assign(new Error(refusal), { responseCode: 451 }));
      return;
    }
    const id = /^Message-ID: *(<[^>]+>)/im.exec(raw)?.[1] ?? "";
    const mail = { to: session.envelope.rcptTo.map(({ address }) => address), id, raw };
    received.push(mail);
    await hold(mail);
    answer();
  }
  const server = new SMTPServer({
    disabledCommands: options.password ? ["STARTTLS"] : ["STARTTLS", "AUTH"],
    authOptional: !options.password,
    allowInsecureAuth: true,
    // A sender keeps its connection for the next mail: closing waits no longer for it.
    closeTimeout: 100,
    onAuth: ({ username, password }, _, done) =>
      username === "huibao" && password === options.password
        ? done(null, { user: username })
        : done(new Error(`no: ${password}`)),
    onData: (stream, session, done) => void take(stream, session, done),
  });
  // A sender that is killed breaks the connection off.
  server.on("error", () => {});
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refuseWith: (message) => {
      refusal = message;
    },
    beforeAnswer: (wanted) => {
      hold = wanted;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The plain text of a mail, decoded. */
export function textOf(raw: string): string {
  const part = /Content-Type: text\/plain[^]*?\r?\n\r?\n([^]*?)\r?\n--/i.exec(raw);
  const coding = /Content-Type: text\/plain[^]*?Content-Transfer-Encoding: *(\S+)/i.exec(raw)?.[1] ?? "7bit";
  const body = part?.[1] ?? "";
  if (coding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (coding !== "quoted-printable") return body;
  const bytes = body
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
