/** Why a goal is missed where it is; shown with the result, and revised whenever a profile says something new. */
export const REASONS: Record<string, string> = {};
