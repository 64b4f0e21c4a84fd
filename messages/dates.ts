/** Dates as offices write them: 2024年8月1日, no leading zeros (GB/T 9704-2012); in China's time whatever the server's. */
export function longDate(value: Date | string, locale: string): string {
  const { year, month, day } = partsOf(value);
  return locale === "zh-CN" ? `${year}年${month}月${day}日` : `${day} ${EN_MONTHS[month - 1] ?? ""} ${year}`;
}

export function shortDate(value: Date | string, locale: string): string {
  const { month, day } = partsOf(value);
  return locale === "zh-CN" ? `${month}月${day}日` : `${day} ${EN_MONTHS[month - 1] ?? ""}`;
}

/** 7月15日 14:32 */
export function dateTime(value: Date, locale: string): string {
  return `${shortDate(value, locale)} ${clockTime(value)}`;
}

export const clockTime = (value: Date): string => TIME.format(value);

/** Today in China, as YYYY-MM-DD: what due dates are compared with. */
export const today = (now: Date): string => DAY.format(now);

const EN_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" });
const TIME = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" });

function partsOf(value: Date | string): { year: number; month: number; day: number } {
  const [year = 0, month = 1, day = 1] = (typeof value === "string" ? value : DAY.format(value)).split("-").map(Number);
  return { year, month, day };
}
