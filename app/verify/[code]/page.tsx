import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { printedCode, readCode } from "../../../domain/edition/seal";
import { verifyEdition, type Verified } from "../../../domain/edition/verify";
import { longDate } from "../../../messages/dates";
import { Notice, type NoticeTone } from "../../../ui/notice";
import { database } from "../../_server/database";
import { asDigest } from "../../_server/read-page";
import { mayVerify } from "../../_server/verify-pace";
import { CodeForm } from "../code-form";
import { VerifyFrame } from "../verify-frame";
import { FileCheck } from "./file-check";

type Props = { params: Promise<{ code: string }>; searchParams: Promise<{ sha256?: string | string[] }> };

export async function generateMetadata() {
  return { title: (await getTranslations("verify"))("title") };
}

const TONES: Record<Verified["state"], NoticeTone> = { current: "success", superseded: "warning", undelivered: "info" };

/** What a code stands for, and whether a file is the one that was made when it was sealed. Nothing of the report itself. */
export default async function VerifyCodePage({ params, searchParams }: Props) {
  const [t, kinds, locale, { code: given }, query] = await Promise.all([
    getTranslations("verify"),
    getTranslations("edition.kind"),
    getLocale(),
    params,
    searchParams,
  ]);
  const typed = decoded(given).slice(0, 40);
  const code = readCode(typed);
  if (!code) {
    return (
      <VerifyFrame>
        <CodeForm typed={typed} error={t("notCode", { typed })} />
      </VerifyFrame>
    );
  }
  if (!(await mayVerify())) {
    return (
      <VerifyFrame>
        <Notice tone="warning" title={t("tooMany.title")}>
          {t("tooMany.text")}
        </Notice>
        <CodeForm typed={printedCode(code)} />
      </VerifyFrame>
    );
  }
  const asked = typeof query.sha256 === "string" ? query.sha256.replace(/\s/g, "").toLowerCase().slice(0, 200) : "";
  const hash = /^[0-9a-f]{64}$/.test(asked) ? asked : null;
  const edition = await verifyEdition(database().db, code, hash).catch((error: unknown) => {
    throw asDigest(error, "/verify");
  });
  if (!edition) {
    return (
      <VerifyFrame>
        <Notice tone="error" title={t("unknown.title")}>
          {t("unknown.text", { code: printedCode(code) })}
        </Notice>
        <CodeForm typed={printedCode(code)} />
      </VerifyFrame>
    );
  }
  const facts = [
    [t("facts.kind"), kinds(edition.kind)],
    [t("facts.number"), t("number", { number: edition.number })],
    [t("facts.sealed"), longDate(edition.sealedAt, locale)],
    [t("facts.jurisdiction"), edition.jurisdiction],
    [t("facts.code"), printedCode(code)],
  ] as const;
  return (
    <VerifyFrame>
      <Notice tone={TONES[edition.state]}>{t(`state.${edition.state}`, { newer: edition.newer ?? 0 })}</Notice>
      <dl className="border-t border-line">
        {facts.map(([name, value]) => (
          <div key={name} className="flex flex-wrap gap-x-4 border-b border-line py-2">
            <dt className="w-28 shrink-0 text-ink-soft">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <section aria-labelledby="file" className="flex flex-col gap-3">
        <h2 id="file" className="font-semibold">
          {t("file.title")}
        </h2>
        {asked !== "" && (
          <div id="result">
            {hash === null ? (
              <Notice tone="error">{t("file.notHash")}</Notice>
            ) : (
              <Outcome edition={edition} hash={hash} />
            )}
          </div>
        )}
        <FileCheck
          path={`/verify/${printedCode(code)}`}
          hash={asked}
          words={{
            lead: t("file.lead"),
            choose: t("file.choose"),
            drop: t("file.drop"),
            counting: t("file.counting"),
            failed: t("file.failed"),
            hash: t("file.hash"),
            hashHint: t("file.hashHint"),
            compare: t("file.compare"),
          }}
        />
      </section>
      <Link href="/verify" prefetch={false} className="link inline-flex min-h-(--target) items-center self-start">
        {t("another")}
      </Link>
    </VerifyFrame>
  );
}

/** Whether the hash is of this edition, of another one of its report, or of neither. */
async function Outcome({ edition, hash }: { edition: Verified; hash: string }) {
  const t = await getTranslations("verify");
  const { file, number } = edition;
  const checked = <p className="text-sm break-all text-ink-soft">{t("file.checked", { hash })}</p>;
  if (file === null) {
    return (
      <Notice tone="error" title={t("file.different")}>
        {checked}
      </Notice>
    );
  }
  const isThis = file.number === number;
  const words =
    file.is === "document"
      ? t(isThis ? "file.document" : "file.otherDocument", { number: file.number })
      : t(isThis ? "file.same" : "file.other", { number: file.number, format: t(`formats.${file.is}`) });
  return (
    <Notice tone={isThis ? "success" : "warning"} title={words}>
      {checked}
    </Notice>
  );
}

/** A path's segment comes as it was typed: anything between % and two letters. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
