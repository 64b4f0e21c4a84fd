import { sql } from "drizzle-orm";
import { HEADING_KINDS } from "./workflow";

/** For `kind not in ${headingKinds}`: what is nobody's to write is neither counted nor chased. */
export const headingKinds = sql.raw(`(${HEADING_KINDS.map((kind) => `'${kind}'`).join(", ")})`);
