/** 16 px stroke icons. Without `label` an icon is decoration, and the word beside it speaks. */
const PATHS = {
  check: <path d="m3 8.5 3.2 3.2L13 5" />,
  "arrow-right": <path d="M2.5 8h10M9 4.5 12.5 8 9 11.5" />,
  "arrow-left": <path d="M13.5 8h-10M7 4.5 3.5 8 7 11.5" />,
  pencil: <path d="M3 10.8 10.8 3 13 5.2 5.2 13H3zM9.3 4.5l2.2 2.2" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.5V8l2.5 1.5" />
    </>
  ),
  circle: <circle cx="8" cy="8" r="5.5" />,
  lock: (
    <>
      <rect x="3.5" y="7.5" width="9" height="6" rx="1" />
      <path d="M5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5" />
    </>
  ),
  seal: (
    <>
      <path d="M6.3 9.5C6.3 7 4.8 6.4 4.8 4.7a3.2 3.2 0 0 1 6.4 0c0 1.7-1.5 2.3-1.5 4.8M3 9.5h10v2H3z" />
      <path d="M3 13.8h10" />
    </>
  ),
  download: <path d="M8 2.5v8M4.5 7 8 10.5 11.5 7M3 13.5h10" />,
  "chevron-down": <path d="m4 6 4 4 4-4" />,
  "chevron-left": <path d="m10 4-4 4 4 4" />,
  "chevron-right": <path d="m6 4 4 4-4 4" />,
  warning: (
    <>
      <path d="M8 2.2 14.5 13.5h-13z" />
      <path d="M8 6.5v3M8 11.2v.6" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 7.3v3.7M8 4.9v.6" />
    </>
  ),
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="m10.4 10.4 3.4 3.4" />
    </>
  ),
  undo: <path d="M6 3 2.8 6.2 6 9.4M3 6.2h6.2a3.8 3.8 0 0 1 0 7.6H6" />,
  redo: <path d="M10 3l3.2 3.2L10 9.4M13 6.2H6.8a3.8 3.8 0 0 0 0 7.6H10" />,
  user: (
    <>
      <circle cx="8" cy="5" r="2.7" />
      <path d="M2.8 14c.3-3 2.4-4.6 5.2-4.6s4.9 1.6 5.2 4.6" />
    </>
  ),
};

export type IconName = keyof typeof PATHS;

export function Icon({ name, label, className = "" }: { name: IconName; label?: string; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinejoin="round"
      className={`shrink-0 ${className}`}
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
    >
      {PATHS[name]}
    </svg>
  );
}
