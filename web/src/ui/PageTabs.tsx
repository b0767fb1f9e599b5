// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'react';
import { Link } from './Link';

export interface PageTab {
  readonly to: string;
  readonly text: string;
}

/** The pages of one place: real links, so that each has an address. On a narrow screen the current one is brought into view. */
export function PageTabs({ label, tabs, current }: { label: string; tabs: readonly PageTab[]; current: string }) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const { current: all } = nav;
    const chosen = all?.querySelector<HTMLElement>('[aria-current]');
    if (!all || !chosen) return;
    const end = chosen.offsetLeft - all.offsetLeft + chosen.offsetWidth;
    if (end > all.clientWidth) all.scrollLeft = end - all.clientWidth;
  }, [current]);
  return (
    <nav ref={nav} className="page-tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.to} to={tab.to} aria-current={tab.to === current ? 'page' : undefined}>
          {tab.text}
        </Link>
      ))}
    </nav>
  );
}
