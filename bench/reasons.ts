/** Why a goal is missed where it is; shown with the result, and revised whenever a profile says something new. */
export const REASONS: Record<string, string> = {
  "b.desk":
    "What does not grow with the page: proxy.ts, which gives every page its nonce, costs a bare page 16 % by itself; " +
    "then come the live session, a transaction as the actor (five round trips instead of one) and the nested layouts.",
  "b.section":
    "As the desk, on a smaller page, so that what does not grow with it weighs more; the editor's client components " +
    "are rendered on the server too.",
  c:
    "The web's one thread is the limit, not the database: a bare Next route handler answers about as many requests a " +
    "second as the bare loop does transactions, and the session, the checks and eight round trips come on top.",
  d:
    "With every text changed nothing that was laid out before helps: Typst takes about 40 ms to compile the report and as " +
    "long again to embed its Chinese faces. Chromium, its page open, needs about 330 ms to lay the text out and print it.",
  "f.first":
    "The page is rendered for whoever asks, then ProseMirror and React must come and run before a letter can be typed. " +
    "The floor's element is there with the markup; on a busy machine both wait for a processor.",
  "f.key":
    "The thread's own time is a few milliseconds a key. What is over it is waiting: on two processors web, database, " +
    "worker and browser share them, and the bare element misses the goal in the same run.",
  "d.memory":
    "The peak is that of the whole bench: boards of 430 KB at 8 connections, 16 writers, then PDFs and pages at once. " +
    "PDFs and light pages alone took 344 MB in a fresh web.",
};
