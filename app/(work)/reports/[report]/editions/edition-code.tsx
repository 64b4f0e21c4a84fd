import { getTranslations } from "next-intl/server";
import { renderSVG } from "uqr";
import { verifyAddress } from "../../../../../domain/edition/mark";
import { printedCode } from "../../../../../domain/edition/seal";
import { deploymentOrigin } from "../../../../_server/origin";

type Props = { edition: { number: number; code: string; origin: string | null } };

/** The code that stands on the last page, as words and as a QR code that leads to the verify page. */
export async function EditionCode({ edition: { number, code, origin } }: Props) {
  const t = await getTranslations("edition");
  const address = verifyAddress(origin ?? deploymentOrigin(), code);
  const drawn = address === null ? null : renderSVG(address, { border: 1, pixelSize: 3 });
  return (
    <div className="flex items-center gap-3">
      {drawn && (
        <span
          role="img"
          aria-label={t("qr", { number })}
          className="block size-20 shrink-0 border border-line [&>svg]:size-full"
          dangerouslySetInnerHTML={{ __html: drawn }}
        />
      )}
      <div>
        <p className="text-sm text-ink-soft">{t("code")}</p>
        <p className="font-mono text-lg tracking-wider whitespace-nowrap">{printedCode(code)}</p>
        <a className="link inline-flex min-h-(--target) items-center" href={`/verify/${printedCode(code)}`}>
          {t("verifyPage")}
        </a>
      </div>
    </div>
  );
}
