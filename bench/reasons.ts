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
    "With every text changed nothing that was laid out before helps: Typst takes about 30 ms to lay the report out and 70 ms " +
    "to write it, most of that to cut its Chinese faces to the letters used and to compress them anew.",
  "d.kept":
    "As d; and a browser whose page and fonts stay open for one report is spared what a printing service does for each.",
  "d.edited":
    "The machine was busy: both sides wait for a processor, the browser's several processes less than our one thread.",
  "d.all": "The machine was busy: with two processors to itself the process takes about 105 ms.",
  "d.edit": "The machine was busy: with a processor to itself the process takes about 45 ms.",
  "d.sentence":
    "Letters that come earlier than before put the letters of their face in another order in the file: the face is cut and " +
    "compressed anew, and so is every page after the edit, which costs about 25 ms more than an edit that needs no other letters.",
  "f.first":
    "The page is rendered for whoever asks, then ProseMirror and React must come and run before a letter can be typed. " +
    "The floor's element is there with the markup; on a busy machine both wait for a processor.",
  "f.key":
    "The thread's own time is a few milliseconds a key. What is over it is waiting: on two processors web, database, " +
    "worker and browser share them, and the bare element misses the goal in the same run.",
  h:
    "On two processors the worker has one and pages, load generator and database share the other: what a page takes longer " +
    "is waiting for a processor, not for the queue.",
  "h.memory":
    "The compiler keeps what the last renders laid out, and the archive of an edition lies in memory as a whole while it is made.",
  "h.preview":
    "Laying out is the smaller part: the pictures of all pages are written to the database before the first is shown.",
  "d.memory":
    "The peak is that of the whole bench: boards of 430 KB at 8 connections, 16 writers, then PDFs and pages at once. " +
    "PDFs and light pages alone took 344 MB in a fresh web.",
};
