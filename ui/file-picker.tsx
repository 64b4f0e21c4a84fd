import { useRef, useState, type DragEvent } from "react";
import { Icon } from "./icon";

type FilePickerProps = {
  label: string;
  /** Beside the button, where there is a pointer that can carry a file. */
  drop: string;
  /** What kinds of files, how large. */
  hint: string;
  accept: string;
  /** One has been chosen: another is the exception now. */
  quiet?: boolean;
  /** A line about what is going on; then no other file is taken. */
  busy?: string | null;
  onFile: (file: File) => void;
};

/** One file, by the button, the keyboard or dropped on it. */
export function FilePicker({ label, drop, hint, accept, quiet = false, busy = null, onFile }: FilePickerProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  function take(files: FileList | null) {
    const file = files?.[0];
    if (file && busy === null) onFile(file);
    if (input.current) input.current.value = "";
  }
  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  }
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={`rounded border border-dashed px-4 ${quiet ? "py-2" : "py-4"} ${over ? "border-indigo bg-indigo-tint" : "border-line-strong bg-white"}`}
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <label
          className={`inline-flex min-h-(--target) items-center gap-2 rounded border px-3.5 py-1 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-indigo ${
            busy !== null
              ? "border-line bg-line-soft text-ink-soft"
              : quiet
                ? "cursor-pointer border-line bg-white hover:border-line-strong hover:bg-row"
                : "cursor-pointer border-indigo bg-indigo text-white hover:border-indigo-hover hover:bg-indigo-hover"
          }`}
        >
          <Icon name="download" className="rotate-180" />
          {label}
          <input
            ref={input}
            type="file"
            accept={accept}
            disabled={busy !== null}
            className="sr-only"
            onChange={(event) => take(event.target.files)}
          />
        </label>
        {busy === null && <span className="text-ink-soft max-sm:hidden">{drop}</span>}
        <span role="status">{busy}</span>
      </div>
      {!quiet && <p className="mt-2 text-sm text-ink-soft">{hint}</p>}
    </div>
  );
}
