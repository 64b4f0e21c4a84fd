import { Icon } from "./icon";

/** `field` is the id of the control that is wrong; null for an error of the whole form. */
export type FormError = { field: string | null; message: string };

/** The list at the top of a form that was sent back. Nothing when there is nothing wrong. */
export function ErrorSummary({ title, errors }: { title: string; errors: FormError[] }) {
  if (errors.length === 0) return null;
  return (
    <div role="alert" className="rounded border border-status-overdue bg-white px-4 py-3">
      <p className="flex items-start gap-2 font-semibold text-status-overdue">
        <Icon name="warning" className="mt-1" />
        {title}
      </p>
      <ul className="mt-1 pl-6">
        {errors.map((error) => (
          <li key={`${error.field}:${error.message}`}>
            {error.field === null ? (
              error.message
            ) : (
              <a href={`#${error.field}`} className="inline-block py-0.5 text-ink underline underline-offset-3">
                {error.message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
