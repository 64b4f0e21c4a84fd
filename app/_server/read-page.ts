import "server-only";
import { notFound } from "next/navigation";
import type { Transaction } from "../../db/client";
import { transact } from "../../domain/kernel/context";
import { DomainError, outage } from "../../domain/kernel/errors";
import { askedAt } from "./asked-at";
import { currentContext, type SignedIn } from "./context";
import { logBroken } from "./log";

/**
 * A page's read: sign-in checked, one transaction as the actor. Not readable is not found. A database that is away
 * reaches error.tsx as such, and everything else with the reference number that the log has.
 */
export async function readPage<T>(
  where: string,
  work: (tx: Transaction, ctx: SignedIn) => Promise<T>,
): Promise<{ ctx: SignedIn; data: T }> {
  try {
    const ctx = await currentContext();
    askedAt();
    return { ctx, data: await transact(ctx, (tx) => work(tx, ctx)) };
  } catch (error) {
    if (error instanceof DomainError && error.key === "not-found") notFound();
    throw asDigest(error, where);
  }
}

/** Next shows error.tsx nothing but the digest: it says what is the matter, or under which number to find it. */
export function asDigest(error: unknown, where: string): unknown {
  if (!(error instanceof Error)) return error;
  if ("digest" in error) return error;
  const away = outage(error);
  return Object.assign(error, { digest: away ?? `ref-${logBroken(error, where)}` });
}
