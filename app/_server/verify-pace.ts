import "server-only";
import { headers } from "next/headers";
import { Pace } from "./pace";

/**
 * How often codes may be looked up by people who are not signed in: a meeting's worth at once from one address, then one a
 * second; and so many in all, wherever they come from. A code has 50 bits, so nobody comes near guessing one.
 */
const ofOne = new Pace({ burst: 120, everyMs: 1_000, most: 10_000 });
const ofAll = new Pace({ burst: 1_000, everyMs: 20, most: 1 });

export async function mayVerify(): Promise<boolean> {
  // The last address is the one that the nearest server has seen; those before it are what a client says.
  const address = (await headers()).get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  return ofOne.mayGoOn(address) && ofAll.mayGoOn("");
}
