import { cookies } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { loadMessages, LOCALES, type Locale } from "../../messages/load";

export const LOCALE_COOKIE = "huibao-locale";

/** zh-CN unless the person chose English; the browser's language does not decide for an office PC. */
export default getRequestConfig(async () => {
  const locale = toLocale((await cookies()).get(LOCALE_COOKIE)?.value);
  return { locale, messages: loadMessages(locale), timeZone: "Asia/Shanghai" };
});

export const toLocale = (wanted: string | undefined): Locale => LOCALES.find((locale) => locale === wanted) ?? "zh-CN";
