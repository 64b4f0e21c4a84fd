import Link from "next/link";
import { type ComponentProps, type ReactNode, useId } from "react";
import { type ButtonKind, buttonStyle } from "./button-style";
import { Icon, type IconName } from "./icon";

type Look = { kind?: ButtonKind; icon?: IconName | undefined; children: ReactNode; className?: string };

type ButtonProps = Look &
  Omit<ComponentProps<"button">, "children" | "className" | "disabled"> & {
    /** The act is under way: the button stays focusable and does nothing. */
    pending?: boolean;
    /** Why the act is not open now, and who can lift that. Shown under the button, which then does nothing. */
    blocked?: string | undefined;
    /** The reason stands before the button and not under it: in a bar of one line. */
    beside?: boolean;
  };

/** A plain button. Inside a form it submits unless `type` says otherwise. */
export function Button({
  kind = "secondary",
  icon,
  pending = false,
  blocked,
  beside = false,
  type = "submit",
  className = "",
  children,
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const inert = pending || blocked !== undefined;
  const button = (
    <button
      {...rest}
      type={inert ? "button" : type}
      className={`${buttonStyle(kind)} ${className}`}
      aria-disabled={inert || undefined}
      aria-describedby={blocked === undefined ? rest["aria-describedby"] : reasonId}
      aria-busy={pending || undefined}
      data-blocked={blocked === undefined ? undefined : ""}
      {...(inert ? { onClick: undefined, formAction: undefined } : {})}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
  if (blocked === undefined) return button;
  return (
    <span
      className={
        beside ? "inline-flex flex-row-reverse items-center gap-2" : "inline-flex max-w-64 flex-col items-stretch gap-1"
      }
    >
      {button}
      <span id={reasonId} className="text-sm text-ink-soft">
        {blocked}
      </span>
    </span>
  );
}

type LinkButtonProps = Look & {
  href: string;
  /** A file: leaves the page as it is and is never fetched ahead. `true`, or the file's name. */
  download?: boolean | string;
};

/** A way to another page that looks like a button. */
export function LinkButton({ kind = "secondary", icon, href, download, className = "", children }: LinkButtonProps) {
  const look = `${buttonStyle(kind)} ${className}`;
  const words = (
    <>
      {icon && <Icon name={icon} />}
      {children}
    </>
  );
  if (download !== undefined && download !== false) {
    return (
      <a href={href} download={download} className={look}>
        {words}
      </a>
    );
  }
  return (
    <Link href={href} className={look}>
      {words}
    </Link>
  );
}
