// SPDX-License-Identifier: Apache-2.0
import { useSyncExternalStore } from 'react';

export type Choice = 'system' | 'dark' | 'light';

const KEY = 'coffer.theme';
const CHANGED = 'coffer:theme';
const prefersLight = matchMedia('(prefers-color-scheme: light)');

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
  return prefersLight.matches ? 'light' : 'dark';
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
  prefersLight.addEventListener('change', both);
  return () => {
    removeEventListener(CHANGED, both);
    prefersLight.removeEventListener('change', both);
  };
}

export function useTheme(): 'dark' | 'light' {
  return useSyncExternalStore(subscribe, resolved);
}

export function useThemeChoice(): Choice {
  return useSyncExternalStore(subscribe, themeChoice);
}
