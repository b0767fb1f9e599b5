// SPDX-License-Identifier: Apache-2.0
import { useEffect } from 'react';
import broken from '../icons/favicon-broken.svg';
import locked from '../icons/favicon-locked.svg';
import open from '../icons/favicon-open.svg';
import opening from '../icons/favicon-opening.svg';
import warning from '../icons/favicon-warning.svg';
import { useStore } from '../state/useStore';
import { WORDS, type VaultKind } from '../state/vault';

const ICONS: Record<VaultKind, string> = { broken, locked, open, opening, warning, unknown: broken };

/** The browser's own tab says the state as well, and that another workspace than the one shown locks soon. */
export function useDocumentState(kind: VaultKind, title: string): void {
  const { sessions } = useStore();
  const elsewhere = kind !== 'warning' && [...sessions.values()].some((session) => session.state === 'WARNED');
  useEffect(() => {
    document.title = `${elsewhere ? `${WORDS.warning} · ` : ''}${title} · Cofferdam`;
    document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.setAttribute('href', ICONS[elsewhere ? 'warning' : kind]);
  }, [elsewhere, kind, title]);
}
