import "server-only";
import { cache } from "react";

/** When this page began to be read, in milliseconds: what has changed since then may be missing on it. */
export const askedAt = cache((): number => Date.now());
