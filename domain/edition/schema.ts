import { z } from "zod";
import { MoveReport } from "../report/schema";
import { EDITION_KINDS } from "../report/workflow";

export const SealEdition = MoveReport.extend({ kind: z.enum(EDITION_KINDS) });
export type SealEdition = z.infer<typeof SealEdition>;

export const DeliverEdition = z.object({ editionId: z.uuid() });
export type DeliverEdition = z.infer<typeof DeliverEdition>;
