// SPDX-License-Identifier: Apache-2.0
import { useEffect } from 'react';
import { useDocumentState } from './useDocumentState';

/** A page that shows no workspace: its title, and the focus moved to it once, so that reading starts there. */
export function usePage(title: string): void {
  useDocumentState('locked', title);
  useEffect(() => document.getElementById('work')?.focus({ preventScroll: true }), []);
}
