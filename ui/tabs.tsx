"use client";

import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components";

export type TabItem = {
  id: string;
  label: string;
  /** Shown after the label when there is something to count. */
  count?: number;
  content: ReactNode;
};

type TabsProps = {
  label: string;
  items: TabItem[];
  /** The tab open at first; the first one otherwise. */
  open?: string;
  /** Keep every panel in the page, so that what was typed in one survives a look at another. */
  keep?: boolean;
};

/** Tabs of a rail: arrow keys move between them. */
export function Tabs({ label, items, open, keep = true }: TabsProps) {
  return (
    <AriaTabs {...(open === undefined ? {} : { defaultSelectedKey: open })}>
      <TabList aria-label={label} className="sticky top-0 z-10 flex overflow-x-auto border-b border-line bg-white px-2">
        {items.map((item) => (
          <Tab
            key={item.id}
            id={item.id}
            className="flex min-h-12 shrink-0 cursor-pointer items-center gap-1 border-y-2 border-transparent px-2.5 whitespace-nowrap text-ink-soft -outline-offset-4 hover:text-ink data-selected:border-b-indigo data-selected:text-ink"
          >
            {item.label}
            {item.count ? <span>{item.count}</span> : null}
          </Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} shouldForceMount={keep} className="inert:hidden">
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}

/** One entry in a rail: a small line that says what it is, the words, what one can do about it. */
export function RailItem({
  kind,
  quote,
  actions,
  children,
}: {
  kind: ReactNode;
  quote?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="border-b border-line-soft px-4.5 py-3.5">
      <p className="text-sm text-ink-faint">{kind}</p>
      {quote && <blockquote className="my-1.5 border-l-2 border-line pl-2.5 text-ink-soft">{quote}</blockquote>}
      {children}
      {actions && <div className="mt-1 -ml-3.5 flex flex-wrap">{actions}</div>}
    </div>
  );
}
