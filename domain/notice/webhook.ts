import { createHmac } from "node:crypto";

/** What another system of the office is told: which event, on which report, and where to look. No text and nobody's name. */
export type WebhookBody = { id: string; event: string; at: string; report: string; link: string };

/**
 * Headers and body of a call. The signature is HMAC-SHA-256 over "<timestamp>.<body>" with the shared secret, in hex: a
 * receiver computes it anew over the bytes as they came, compares in constant time and refuses old timestamps. `sentAt`
 * is in the signature so that a call cannot be played again; `id` stays the same over attempts, to drop repetitions by.
 */
export function signedCall(
  secret: string,
  body: WebhookBody,
  sentAt: Date,
): { headers: Record<string, string>; body: string } {
  const text = JSON.stringify(body);
  const timestamp = String(Math.floor(sentAt.getTime() / 1000));
  return {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "user-agent": "Huibao",
      "x-huibao-id": body.id,
      "x-huibao-timestamp": timestamp,
      "x-huibao-signature": `sha256=${createHmac("sha256", secret).update(`${timestamp}.${text}`).digest("hex")}`,
    },
    body: text,
  };
}
