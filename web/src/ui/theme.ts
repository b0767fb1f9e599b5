// SPDX-License-Identifier: Apache-2.0
import { useSyncExternalStore } from 'react';

export type Choice = 'system' | 'dark' | 'light';

const KEY = 'coffer.theme';
const CHANGED = 'coffer:theme';
const LIGHT = '(prefers-color-scheme: light)';
/** Only listened to: in Chromium, reading `matches` before its event was fired swallows that event. */
const systemChanges = matchMedia(LIGHT);

export function themeChoice(): Choice {
  const stored = localStorage.getItem(KEY);
  return stored === 'dark' || stored === 'light' ? stored : 'system';
}

export function applyTheme(): void {
  document.documentElement.dataset['theme'] = resolved();
}

function resolved(): 'dark' | 'light' {
  const choice = themeChoice();
  if (choice !== 'system') return choice;
  return matchMedia(LIGHT).matches ? 'light' : 'dark';
}

export function chooseTheme(choice: Choice): void {
  localStorage.setItem(KEY, choice);
  applyTheme();
  dispatchEvent(new Event(CHANGED));
}

function subscribe(listener: () => void): () => void {
  const both = () => {
    applyTheme();
    listener();
  };
  addEventListener(CHANGED, both);
  systemChanges.addEventListener('change', both);
  return () => {
    removeEventListener(CHANGED, both);
    systemChanges.removeEventListener('change', both);
  };
}

export function useTheme(): 'dark' | 'light' {
  return useSyncExternalStore(subscribe, resolved);
}

export function useThemeChoice(): Choice {
  return useSyncExternalStore(subscribe, themeChoice);
}
