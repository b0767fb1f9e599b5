// SPDX-License-Identifier: Apache-2.0
import { Link } from './Link';

export interface PageTab {
  readonly to: string;
  readonly text: string;
}

/** The pages of one place: real links, so that each has an address. */
export function PageTabs({ label, tabs, current }: { label: string; tabs: readonly PageTab[]; current: string }) {
  return (
    <nav className="page-tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.to} to={tab.to} aria-current={tab.to === current ? 'page' : undefined}>
          {tab.text}
        </Link>
      ))}
    </nav>
  );
}
