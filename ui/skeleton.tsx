/** Grey lines where words will stand. `label` is what a screen reader hears: 正在载入. */
export function Skeleton({ label, lines = 5 }: { label: string; lines?: number }) {
  return (
    <div role="status" className="flex flex-col gap-3 border border-line bg-white px-4 py-4">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span
          key={index}
          aria-hidden
          className={`h-5 animate-pulse rounded bg-line-soft ${index % 3 === 2 ? "w-3/5" : index % 3 === 1 ? "w-11/12" : "w-full"}`}
        />
      ))}
    </div>
  );
}
