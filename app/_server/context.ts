import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { wallClock } from "../../domain/kernel/clock";
import type { Context } from "../../domain/kernel/context";
import { liveSession, lookAtSession, type LiveSession } from "../../domain/user/session";
import { sessionCookie } from "./auth";
import { database } from "./database";

export type SignedIn = Context & { session: LiveSession; token: string };

/** Who makes this request, from the live session row; null when nobody does. Asked once per request. */
export const signedIn = cache(async (): Promise<SignedIn | null> => {
  const token = (await cookies()).get(sessionCookie())?.value;
  if (!token) return null;
  const { db } = database();
  const session = await liveSession(db, token);
  return session ? { actor: session.actor, db, now: wallClock, session, token } : null;
});

/** As signedIn, for what an open page asks by itself: it keeps nobody signed in. */
export async function watching(): Promise<SignedIn | null> {
  const token = (await cookies()).get(sessionCookie())?.value;
  if (!token) return null;
  const { db } = database();
  const session = await lookAtSession(db, token);
  return session ? { actor: session.actor, db, now: wallClock, session, token } : null;
}

/** As signedIn, or off to the sign-in page, which leads back here. Layout and page both ask; either may redirect first. */
export async function currentContext(): Promise<SignedIn> {
  const ctx = await signedIn();
  if (ctx) return ctx;
  const back = (await headers()).get("x-path") ?? "/desk";
  redirect(back === "/desk" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(back)}`);
}
