import { getTranslations } from "next-intl/server";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";

/** Ten characters from the last page; a plain form that needs no script. */
export async function CodeForm({ typed = "", error }: { typed?: string; error?: string | undefined }) {
  const t = await getTranslations("verify");
  return (
    <form action="/verify" method="get" role="search" className="flex flex-col items-start gap-3">
      <div className="w-full max-w-80">
        <TextField
          name="code"
          label={t("code")}
          hint={t("codeHint")}
          error={error}
          defaultValue={typed}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          required
          className="font-mono tracking-wider uppercase"
        />
      </div>
      <Button kind="primary">{t("check")}</Button>
    </form>
  );
}
