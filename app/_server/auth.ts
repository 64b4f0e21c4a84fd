import "server-only";
import { cookies } from "next/headers";
import { NextRequest } from "next/server";
import type { NextAuthOptions } from "next-auth";
import NextAuth from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { closeSession, SESSION_LIMITS, signIn, type SignInResult } from "../../domain/user/session";
import { database } from "./database";

const origin = () => process.env["NEXTAUTH_URL"] ?? "http://localhost:3000";
export const isSecure = () => origin().startsWith("https://");
export const sessionCookie = () => `${isSecure() ? "__Host-" : ""}huibao-session`;
const cookieOptions = () => ({ httpOnly: true, sameSite: "lax" as const, path: "/", secure: isSecure() });

/**
 * next-auth runs the sign-in (its own CSRF token, cookies and callbacks); what its cookie carries is not a JWT but the
 * token of a session row, so that ending the row ends the sign-in at once. See docs/decisions/002.
 */
function options(onResult?: (result: SignInResult) => void): NextAuthOptions {
  return {
    secret: process.env["NEXTAUTH_SECRET"] ?? "",
    useSecureCookies: isSecure(),
    pages: { signIn: "/sign-in", error: "/sign-in" },
    session: { strategy: "jwt", maxAge: SESSION_LIMITS.absoluteHours * 3600 },
    cookies: {
      sessionToken: {
        name: sessionCookie(),
        options: cookieOptions(),
      },
    },
    providers: [
      Credentials({
        credentials: { login: {}, password: {} },
        authorize: async (given) => {
          const result = await signIn(database().db, { login: given?.login ?? "", password: given?.password ?? "" });
          onResult?.(result);
          return typeof result === "string" ? null : { id: result.token };
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id } : token),
      // Nothing about the person leaves through next-auth's session endpoint.
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ baseUrl }) => baseUrl,
    },
    events: {
      signOut: async ({ token }) => {
        if (token.sub) await closeSession(database().db, token.sub);
      },
    },
    jwt: {
      encode: ({ token }) => token?.sub ?? "",
      decode: ({ token }) => (token ? { sub: token } : null),
    },
    logger: { error: () => {}, warn: () => {}, debug: () => {} },
  };
}

export type AuthRoute = (
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
) => Promise<Response>;

export const handler: AuthRoute = (request, context) => (NextAuth(options()) as AuthRoute)(request, context);

/** Signs in from our own page: asks next-auth for its CSRF token, posts the credentials, keeps its session cookie. */
export async function signInWith(credentials: {
  login: string;
  password: string;
}): Promise<"done" | "wrong" | "locked"> {
  let result: SignInResult = "wrong";
  const nextAuth = NextAuth(options((told) => (result = told))) as AuthRoute;
  const jar = await cookies();
  const asked = await nextAuth(new NextRequest(`${origin()}/api/auth/csrf`), at("csrf"));
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  // next-auth reads its cookies from this request's jar, where its own answer is not yet.
  for (const [name, value] of cookiesOf(asked)) jar.set(name, value, cookieOptions());
  const answer = await nextAuth(
    new NextRequest(`${origin()}/api/auth/callback/credentials`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...credentials, csrfToken, json: "true" }),
    }),
    at("callback", "credentials"),
  );
  const told = result as SignInResult;
  if (typeof told === "string") return told;
  const token = cookiesOf(answer).get(sessionCookie());
  if (!token) throw new Error("next-auth signed in without a session cookie");
  jar.set(sessionCookie(), token, { ...cookieOptions(), maxAge: SESSION_LIMITS.absoluteHours * 3600 });
  return "done";
}

const at = (...nextauth: string[]) => ({ params: Promise.resolve({ nextauth }) });

function cookiesOf(response: Response): Map<string, string> {
  const pairs = response.headers.getSetCookie().map((line) => line.split(";")[0] ?? "");
  return new Map(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), decodeURIComponent(pair.slice(pair.indexOf("=") + 1))]),
  );
}
