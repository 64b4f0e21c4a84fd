import { Icon } from "./icon";

export type OutlineItem = { href: string; label: string; level: 1 | 2; current?: boolean };

/**
 * The contents of a long document, twice in the page and once in sight: a column beside the text, or on a small
 * screen a line that opens over it.
 */
export function Outline({ label, items }: { label: string; items: OutlineItem[] }) {
  return (
    <>
      <nav aria-label={label} className="reading-nav">
        <OutlineList items={items} />
      </nav>
      <details className="reading-contents">
        <summary>
          {label}
          <Icon name="chevron-down" />
        </summary>
        <OutlineList items={items} />
      </details>
    </>
  );
}

function OutlineList({ items }: { items: OutlineItem[] }) {
  return (
    <ol>
      {items.map((item) => (
        <li key={item.href} data-level={item.level}>
          <a href={item.href} aria-current={item.current ? "location" : undefined}>
            {item.label}
          </a>
        </li>
      ))}
    </ol>
  );
}
