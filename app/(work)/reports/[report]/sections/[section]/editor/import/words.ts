import type { Messages } from "../../../../../../../../messages/load";
import { importFileWords } from "../../../../../../import-file-words";

export type SectionImportWords = ReturnType<typeof sectionImportWords>;

export const sectionImportWords = (messages: Messages) => ({
  ...messages.import.section,
  tooMany: messages.paste["too-many"],
  file: importFileWords(messages),
});
