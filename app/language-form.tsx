import { switchLanguage } from "./session-actions";

/** One button to the other language; comes back to the same page. */
export function LanguageForm({ label }: { label: string }) {
  return (
    <form action={switchLanguage}>
      <button type="submit" className="link min-h-(--target)" lang={label === "中文" ? "zh-CN" : "en"}>
        {label}
      </button>
    </form>
  );
}
