/** Only our own paths are ever redirected to: "/desk", never "//elsewhere", "/\\elsewhere" or "https:". */
export function ownPath(wanted: string | undefined, fallback = "/desk"): string {
  if (!wanted || !wanted.startsWith("/") || /[\\\p{Cc}]/u.test(wanted)) return fallback;
  const url = new URL(wanted, "http://own.invalid");
  if (url.host !== "own.invalid" || url.pathname.startsWith("//")) return fallback;
  if (url.pathname.startsWith("/sign-in") || url.pathname.startsWith("/api/")) return fallback;
  return url.pathname + url.search + url.hash;
}
