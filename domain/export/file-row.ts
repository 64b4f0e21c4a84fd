import { canonicalJson, sha256Hex } from "../kernel/canonical-json";

/** What an edition's file says of itself besides its bytes. */
export type FileRow = {
  editionId: string;
  format: string;
  jurisdictionId: string;
  sha256: string;
  size: number;
  maker: string;
  madeAt: Date;
};

/** SHA-256 of the row in hex, so that a change of any of its words is found. */
export const fileRowHash = ({ madeAt, ...row }: FileRow): string =>
  sha256Hex(canonicalJson({ ...row, madeAt: madeAt.toISOString() }));
