// SPDX-License-Identifier: Apache-2.0
import { useEffect } from 'react';
import broken from '../icons/favicon-broken.svg';
import locked from '../icons/favicon-locked.svg';
import open from '../icons/favicon-open.svg';
import opening from '../icons/favicon-opening.svg';
import warning from '../icons/favicon-warning.svg';
import type { VaultKind } from '../state/vault';

const ICONS: Record<VaultKind, string> = { broken, locked, open, opening, warning };

/** The browser's own tab says the state as well. */
export function useDocumentState(kind: VaultKind, title: string): void {
  useEffect(() => {
    document.title = `${title} · Cofferdam`;
    document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.setAttribute('href', ICONS[kind]);
  }, [kind, title]);
}
