import type { ReactNode } from "react";
import { buttonStyle } from "../../../ui/button-style";
import { Icon } from "../../../ui/icon";

/**
 * A file of an edition. No `download`: a file that is still being made answers with a page that says so and begins the
 * download by itself, and a browser that was told to download would show a failure instead.
 */
export function FileLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} className={buttonStyle("secondary")}>
      <Icon name="download" />
      {children}
    </a>
  );
}
