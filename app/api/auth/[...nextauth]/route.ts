import { handler, type AuthRoute } from "../../../_server/auth";

/** A password is posted, never asked for by a link: next-auth itself has no answer to that but a failure. */
export const GET: AuthRoute = async (request, context) => {
  const { nextauth } = await context.params;
  if (nextauth.join("/") === "callback/credentials")
    return new Response(null, { status: 405, headers: { allow: "POST" } });
  return handler(request, context);
};

export { handler as POST };
