// SPDX-License-Identifier: Apache-2.0
import { useSyncExternalStore } from 'react';
import type { Arrow, StickyKeys } from './stickyKeys';

interface Key {
  readonly label: string;
  readonly name: string;
  readonly sends?: string;
  readonly arrow?: Arrow;
}

const FIRST: readonly Key[] = [
  { label: 'Esc', name: 'Escape', sends: '\u001b' },
  { label: 'Tab', name: 'Tab', sends: '\t' },
];
const MORE: readonly Key[] = [
  { label: '←', name: 'Left', arrow: 'D' },
  { label: '↑', name: 'Up', arrow: 'A' },
  { label: '↓', name: 'Down', arrow: 'B' },
  { label: '→', name: 'Right', arrow: 'C' },
  { label: '^C', name: 'Control C', sends: '\u0003' },
  { label: '^D', name: 'Control D', sends: '\u0004' },
  { label: '^Z', name: 'Control Z', sends: '\u001a' },
  { label: '/', name: 'Slash', sends: '/' },
  { label: '|', name: 'Pipe', sends: '|' },
];

interface Props {
  keys: StickyKeys;
  send: (text: string) => void;
  arrow: (arrow: Arrow) => void;
  paste: () => void;
  focus: () => void;
}

/** Keys that a touch keyboard lacks. Shown on narrow screens only. */
export function KeyRow({ keys, send, arrow, paste, focus }: Props) {
  const held = useSyncExternalStore(keys.subscribe, keys.get, keys.get);
  const press = (key: Key) => {
    if (key.arrow) arrow(key.arrow);
    else send(key.sends ?? '');
    focus();
  };
  const hold = (key: 'ctrl' | 'alt') => {
    keys.toggle(key);
    focus();
  };
  const button = (key: Key) => (
    <button key={key.name} type="button" aria-label={key.name} onPointerDown={(event) => event.preventDefault()} onClick={() => press(key)}>
      {key.label}
    </button>
  );
  return (
    <div className="keyrow" role="group" aria-label="Keys" data-testid="keyrow">
      {FIRST.map(button)}
      <button type="button" aria-label="Control" aria-pressed={held.ctrl} onPointerDown={(event) => event.preventDefault()} onClick={() => hold('ctrl')}>
        Ctrl
      </button>
      <button type="button" aria-pressed={held.alt} onPointerDown={(event) => event.preventDefault()} onClick={() => hold('alt')}>
        Alt
      </button>
      {MORE.map(button)}
      <button type="button" onPointerDown={(event) => event.preventDefault()} onClick={paste}>
        Paste
      </button>
    </div>
  );
}
