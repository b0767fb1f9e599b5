// SPDX-License-Identifier: Apache-2.0
import { isReport } from './reports';

export interface Held {
  readonly ctrl: boolean;
  readonly alt: boolean;
}

const NONE: Held = { ctrl: false, alt: false };
const CURSOR = /^\u001b[[O]([A-DFH])$/;

/** Ctrl and Alt of the row of keys: pressed once, they hold for the next key, from wherever it comes. */
export class StickyKeys {
  private held = NONE;
  private readonly listeners = new Set<() => void>();

  readonly get = (): Held => this.held;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  toggle(key: keyof Held): void {
    this.set({ ...this.held, [key]: !this.held[key] });
  }

  release(): void {
    if (this.held !== NONE) this.set(NONE);
  }

  /** What a key sends with what is held; what a terminal says by itself is no key. */
  take(data: string): string {
    if (this.held === NONE || isReport(data)) return data;
    const sends = withHeld(data, this.held);
    this.release();
    return sends;
  }

  private set(held: Held): void {
    this.held = held.ctrl || held.alt ? held : NONE;
    for (const listener of this.listeners) listener();
  }
}

/** As xterm does: Ctrl takes the low five bits, Alt puts an escape before, and arrows carry both as a number. */
export function withHeld(data: string, { ctrl, alt }: Held): string {
  const cursor = CURSOR.exec(data);
  if (cursor) return `\u001b[1;${1 + (alt ? 2 : 0) + (ctrl ? 4 : 0)}${cursor[1]}`;
  // More than one character is a word of the keyboard's or a key of its own.
  if ([...data].length !== 1) return data;
  return `${alt ? '\u001b' : ''}${ctrl ? control(data) : data}`;
}

function control(char: string): string {
  if (char === '?') return '\u007f';
  return /^[A-Za-z@[\\\]^_ ]$/.test(char) ? String.fromCharCode(char.charCodeAt(0) & 0x1f) : char;
}

export type Arrow = 'A' | 'B' | 'C' | 'D';

/** Programs that asked for application cursor keys (DECCKM) know arrows by SS3 alone. */
export function arrowKey(arrow: Arrow, application: boolean): string {
  return `\u001b${application ? 'O' : '['}${arrow}`;
}
