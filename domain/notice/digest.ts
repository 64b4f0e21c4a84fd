import type { NoticeFacts } from "./facts";

export type DigestLine = {
  notification_id: string;
  outbox_id: string;
  user_id: string;
  jurisdiction_id: string;
  email: string | null;
  locale: string | null;
  quiet_from: string | null;
  quiet_until: string | null;
  organ: string;
  role: string;
  facts: NoticeFacts;
};

/** One mail to be: whose it is, in the order it came, and every notice that it settles. */
export type Digest = { reader: DigestLine & { email: string }; facts: NoticeFacts[]; notifications: string[] };

/**
 * One digest for each person with an address; an event that came to two of their posts is said once. `dropped` are the
 * notices of those who have no address any more: their desks have them.
 */
export function groupDigests(lines: readonly DigestLine[]): { digests: Digest[]; dropped: string[] } {
  const digests = new Map<string, Digest>();
  const said = new Set<string>();
  const dropped: string[] = [];
  for (const line of lines) {
    const { email, user_id: user } = line;
    if (email === null) {
      dropped.push(line.notification_id);
      continue;
    }
    const digest = digests.get(user) ?? { reader: { ...line, email }, facts: [], notifications: [] };
    digest.notifications.push(line.notification_id);
    if (!said.has(`${user} ${line.outbox_id}`)) digest.facts.push(line.facts);
    said.add(`${user} ${line.outbox_id}`);
    digests.set(user, digest);
  }
  return { digests: [...digests.values()], dropped };
}

/** The notices of a digest by report, reports and notices in the order in which they came. */
export function byReport(facts: readonly NoticeFacts[]): { name: string; facts: NoticeFacts[] }[] {
  const reports = new Map<string, { name: string; facts: NoticeFacts[] }>();
  for (const one of facts) {
    const report = reports.get(one.reportSlug) ?? { name: one.reportName, facts: [] };
    report.facts.push(one);
    reports.set(one.reportSlug, report);
  }
  return [...reports.values()];
}
