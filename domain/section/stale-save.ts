import { DomainError } from "../kernel/errors";
import type { Content } from "./content";

/** A save on an old version: refused, with the text that is there now, so that the writer sees both. */
export class StaleSave extends DomainError {
  constructor(readonly current: { version: number; content: Content; by: string; at: Date }) {
    super("stale-version", { by: current.by });
  }
}
