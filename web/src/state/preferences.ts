// SPDX-License-Identifier: Apache-2.0

/** How this browser is used, and all that may be kept of it after a sign-out: no value tells of whom, or of which work. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'coffer.theme': ['system', 'dark', 'light'],
  'coffer.screen-reader': ['on', 'off'],
};

/** Signing out has the browser clear what is stored here (Clear-Site-Data), which is right for all but these. */
export async function keepingPreferences(work: () => Promise<unknown>): Promise<void> {
  const kept = Object.entries(ALLOWED).flatMap(([name, values]) => {
    const value = localStorage.getItem(name);
    return value !== null && values.includes(value) ? [[name, value] as const] : [];
  });
  await work();
  for (const [name, value] of kept) localStorage.setItem(name, value);
}
