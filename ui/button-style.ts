/** `primary` at most once a screen; `danger` for acts that lose something; `quiet` looks like a link. */
export type ButtonKind = "primary" | "secondary" | "danger" | "quiet";

const BASE =
  "inline-flex min-h-(--target) items-center justify-center gap-2 rounded border px-3.5 py-1 text-center whitespace-nowrap select-none aria-disabled:cursor-not-allowed";

/** While an act runs the button keeps its colours and only dims; a blocked one loses them. */
const KINDS: Record<ButtonKind, string> = {
  primary:
    "border-indigo bg-indigo text-white hover:border-indigo-hover hover:bg-indigo-hover aria-busy:opacity-80 data-blocked:border-line data-blocked:bg-line-soft data-blocked:text-ink-faint",
  secondary:
    "border-line bg-white text-ink hover:border-line-strong hover:bg-row aria-busy:text-ink-soft data-blocked:border-line data-blocked:bg-line-soft data-blocked:text-ink-faint",
  danger:
    "border-vermilion bg-white text-vermilion hover:bg-vermilion-tint hover:text-vermilion-hover aria-busy:opacity-80 data-blocked:border-line data-blocked:bg-line-soft data-blocked:text-ink-faint",
  quiet:
    "border-transparent text-indigo hover:bg-indigo-tint hover:text-indigo-hover aria-busy:text-ink-soft data-blocked:bg-transparent data-blocked:text-ink-faint",
};

export function buttonStyle(kind: ButtonKind): string {
  return `${BASE} ${KINDS[kind]}`;
}
