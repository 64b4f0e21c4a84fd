import { z } from "zod";

const Uuid = z.uuid();

/** Whether a piece of an address can be an id at all; PostgreSQL would fail on anything else. */
export const isUuid = (text: string): boolean => Uuid.safeParse(text).success;
