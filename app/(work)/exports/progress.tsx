/** A bar beside words that say the same. */
export function Progress({ label, value, most }: { label: string; value: number; most: number }) {
  return (
    <progress
      aria-label={label}
      value={value}
      max={most}
      className="h-1.5 w-full max-w-90 appearance-none overflow-hidden rounded bg-line [&::-moz-progress-bar]:bg-indigo [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-indigo"
    />
  );
}
