import { outage } from "../../../domain/kernel/errors";
import { database } from "../../_server/database";

export const dynamic = "force-dynamic";

/** 200 when the web answers and its database does, else 503: for the supervisor and a load balancer. */
export async function GET(): Promise<Response> {
  try {
    await database().sql`select 1`;
    return Response.json({ status: "ok" });
  } catch (error) {
    return Response.json({ status: outage(error) ?? "broken" }, { status: 503 });
  }
}
