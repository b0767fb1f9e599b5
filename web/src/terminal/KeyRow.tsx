// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';

const KEYS: readonly { label: string; name: string; sends: string }[] = [
  { label: 'Esc', name: 'Escape', sends: '\u001b' },
  { label: 'Tab', name: 'Tab', sends: '\t' },
  { label: '^C', name: 'Control C', sends: '\u0003' },
  { label: '^D', name: 'Control D', sends: '\u0004' },
  { label: '^Z', name: 'Control Z', sends: '\u001a' },
  { label: '←', name: 'Left', sends: '\u001b[D' },
  { label: '↑', name: 'Up', sends: '\u001b[A' },
  { label: '↓', name: 'Down', sends: '\u001b[B' },
  { label: '→', name: 'Right', sends: '\u001b[C' },
  { label: '/', name: 'Slash', sends: '/' },
  { label: '|', name: 'Pipe', sends: '|' },
];

interface Props {
  send: (text: string) => void;
  paste: () => void;
  focus: () => void;
}

/** Keys that a touch keyboard lacks. Shown on narrow screens only. */
export function KeyRow({ send, paste, focus }: Props) {
  const [alt, setAlt] = useState(false);
  const press = (sends: string) => {
    send(alt ? `\u001b${sends}` : sends);
    setAlt(false);
    focus();
  };
  return (
    <div className="keyrow" role="group" aria-label="Keys" data-testid="keyrow">
      {KEYS.map((key) => (
        <button key={key.name} type="button" aria-label={key.name} onPointerDown={(event) => event.preventDefault()} onClick={() => press(key.sends)}>
          {key.label}
        </button>
      ))}
      <button type="button" aria-pressed={alt} onPointerDown={(event) => event.preventDefault()} onClick={() => setAlt(!alt)}>
        Alt
      </button>
      <button type="button" onPointerDown={(event) => event.preventDefault()} onClick={paste}>
        Paste
      </button>
    </div>
  );
}
