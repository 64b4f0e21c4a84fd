import { getLocale, getTranslations } from "next-intl/server";
import { sectionImportWords } from "./import/words";
import { loadMessages } from "../../../../../../../messages/load";

export type EditorWords = Awaited<ReturnType<typeof editorWords>>;

/** The editor's words as plain strings: the browser needs no message catalogue. {…} are filled in there. */
export async function editorWords(path: string) {
  const [t, app, binding, locale] = await Promise.all([
    getTranslations("section"),
    getTranslations("app"),
    getTranslations("binding"),
    getLocale(),
  ]);
  const raw = (key: Parameters<typeof t.raw>[0]) => String(t.raw(key));
  return {
    locale,
    live: loadMessages(locale === "en" ? "en" : "zh-CN").live,
    paste: pasteWords(loadMessages(locale === "en" ? "en" : "zh-CN")),
    signInHref: `/sign-in?next=${encodeURIComponent(path)}`,
    close: app("close"),
    railLabel: t("rail.label"),
    keep: t("act.save"),
    submit: t("act.submit"),
    resubmit: t("act.resubmit"),
    again: loadMessages(locale).route.revise.again,
    submitting: t("pending.submit"),
    yours: t("yours"),
    theirs: raw("theirs"),
    label: t("editor.label"),
    toolbar: t("editor.toolbar"),
    placeholder: t("editor.placeholder"),
    lead: t("editor.lead"),
    bullet: t("editor.bullet"),
    figure: binding("rail"),
    undo: t("editor.undo"),
    redo: t("editor.redo"),
    saving: t("editor.saving"),
    savedAt: raw("editor.savedAt"),
    dirty: t("editor.dirty"),
    kept: raw("editor.kept"),
    offline: t("editor.offline"),
    signedOut: t("editor.signedOut"),
    signIn: t("editor.signIn"),
    full: t("editor.full"),
    invalid: t("editor.invalid"),
    broken: raw("editor.broken"),
    notOpen: t("editor.notOpen"),
    restored: t("editor.restored"),
    onlyHere: t("editor.onlyHere"),
    conflictTitle: raw("editor.conflictTitle"),
    conflict: t("editor.conflict"),
    useMine: t("editor.useMine"),
    useTheirs: t("editor.useTheirs"),
    useBoth: t("editor.useBoth"),
    joined: raw("editor.joined"),
    decideFirst: t("editor.decideFirst"),
    note: loadMessages(locale).history.note,
    hand: loadMessages(locale).editor,
    importing: sectionImportWords(loadMessages(locale)),
  };
}

const pasteWords = ({ paste, import: imports }: ReturnType<typeof loadMessages>) => ({
  ...paste,
  repair: imports.repair,
});
