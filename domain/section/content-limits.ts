/** What a leaf's text may grow to. They guard the server, and are not the writer's quota. */
export const CONTENT_LIMITS = { bytes: 512 * 1024, blocks: 500, cells: 4000 } as const;
