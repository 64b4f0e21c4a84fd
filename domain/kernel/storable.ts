/** PostgreSQL takes no NUL and no half of a surrogate pair, neither as text nor within jsonb. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes("\0");
