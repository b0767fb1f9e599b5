// SPDX-License-Identifier: Apache-2.0

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** What opens the palette, in words: inside a terminal Ctrl-K is the shell's, so Shift makes it ours. */
export const OPENS = MAC ? '⌘ K' : 'Ctrl K';
export const OPENS_IN_TERMINAL = MAC ? '⌘ K' : 'Ctrl Shift K';

export function opensPalette(event: KeyboardEvent): boolean {
  if (event.code !== 'KeyK' || event.altKey) return false;
  if (event.metaKey) return !event.ctrlKey && !event.shiftKey;
  if (!event.ctrlKey) return false;
  return event.shiftKey || !inTerminal(event.target);
}

/** Where single keys are text. */
export function typesText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select') || inTerminal(target));
}

function inTerminal(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.xterm') !== null;
}
