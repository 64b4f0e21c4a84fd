import type { ExportFormat } from "../domain/export/workflow";
import { DOCX } from "./docx/media-type";
import type { EditionMark } from "./edition-mark";
import type { EditionRecord } from "./edition-record";
import type { ReportDocument } from "./report-document";
import { XLSX } from "./xlsx/media-type";

/** What a file is made of; without mark and record it is a text that nobody has sealed. */
export type FileSource = { document: ReportDocument; mark?: EditionMark; record?: EditionRecord };
export type FileOptions = { fontDirectory?: string; numbering?: "literal" | "automatic"; draft?: boolean };

export type Format = {
  type: string;
  extension: string;
  /** Unfit for a terminal. */
  binary: boolean;
  /** Its makers are loaded when they are asked for: the PDF compiler alone takes longer than a text takes to write. */
  make: (source: FileSource, options?: FileOptions) => Promise<Uint8Array>;
};

export type DocumentFormat = Exclude<ExportFormat, "zip" | "pages">;

/** The one table of formats that are made of a document alone: web, worker and command line have no other. */
export const FORMATS: Record<DocumentFormat, Format> = {
  pdf: {
    type: "application/pdf",
    extension: "pdf",
    binary: true,
    make: async ({ document, mark }, { fontDirectory, draft } = {}) =>
      (await import("./pdf/to-pdf")).toPdf(document, {
        ...(mark ? { mark } : {}),
        ...(fontDirectory === undefined ? {} : { fontDirectory }),
        ...(draft ? { draft } : {}),
      }),
  },
  docx: {
    type: DOCX,
    extension: "docx",
    binary: true,
    make: async ({ document, mark }, { numbering } = {}) =>
      (await import("./docx/to-docx")).toDocx(document, {
        ...(mark ? { mark } : {}),
        ...(numbering ? { numbering } : {}),
      }),
  },
  xlsx: {
    type: XLSX,
    extension: "xlsx",
    binary: true,
    make: async ({ document }) => (await import("./xlsx/to-xlsx")).toXlsx(document),
  },
  html: {
    type: "text/html; charset=utf-8",
    extension: "html",
    binary: false,
    make: async ({ document, mark }) =>
      encoded((await import("./html/to-html-file")).toHtmlFile(document, mark ? { mark } : {})),
  },
  md: {
    type: "text/markdown; charset=utf-8",
    extension: "md",
    binary: false,
    make: async ({ document }) => encoded((await import("./text/to-markdown")).toMarkdown(document)),
  },
  txt: {
    type: "text/plain; charset=utf-8",
    extension: "txt",
    binary: false,
    make: async ({ document }) => encoded((await import("./text/to-plain-text")).toPlainText(document)),
  },
  json: {
    type: "application/json; charset=utf-8",
    extension: "json",
    binary: false,
    make: async ({ document, mark, record }) =>
      encoded(
        (await import("./json/to-json")).toJson(document, { ...(mark ? { mark } : {}), ...(record ? { record } : {}) }),
      ),
  },
};

export const ZIP = { type: "application/zip", extension: "zip" } as const;

/** Media type and ending of every file that can be asked for. */
export const fileType = (format: Exclude<ExportFormat, "pages">): { type: string; extension: string } =>
  format === "zip" ? ZIP : FORMATS[format];

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);
