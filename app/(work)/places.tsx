"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { TopBar } from "../../ui/top-bar";

type PlacesProps = {
  brand: string;
  navLabel: string;
  skipLabel: string;
  places: { href: string; label: string }[];
  children: ReactNode;
};

/** The top bar, marking where one is. A client component only because the layout does not know the path. */
export function Places({ places, children, ...words }: PlacesProps) {
  const path = usePathname();
  return (
    <TopBar {...words} home="/desk" items={places.map((place) => ({ ...place, current: path.startsWith(place.href) }))}>
      {children}
    </TopBar>
  );
}
