// SPDX-License-Identifier: Apache-2.0
import { useId, useRef } from 'react';
import { Rule } from '../ui/Field';

interface Props {
  value: string;
  rule: string | null;
  onText: (text: string) => void;
}

/** A public key, pasted or read from its file. Nothing leaves the browser before it is sent. */
export function PublicKeyField({ value, rule, onText }: Props) {
  const id = useId();
  const file = useRef<HTMLInputElement>(null);
  const read = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return;
    onText(chosen.size > 65_536 ? 'x'.repeat(65_536) : (await chosen.text()).trim());
    if (file.current) file.current.value = '';
  };
  return (
    <>
      <label htmlFor={id}>Public key</label>
      <textarea
        id={id}
        value={value}
        rows={4}
        spellCheck={false}
        autoComplete="off"
        className="mono"
        placeholder="ssh-ed25519 AAAA… you@laptop"
        aria-invalid={rule !== null}
        aria-describedby={`${id}-rule`}
        data-testid="public-key"
        onChange={(event) => onText(event.target.value)}
      />
      <Rule id={`${id}-rule`} rule={rule} hint="The content of ~/.ssh/id_ed25519.pub or another .pub file: ed25519, ECDSA P-256, RSA from 3072 bits, hardware keys too." />
      <input ref={file} type="file" accept=".pub,text/plain" hidden aria-label="File with a public key" data-testid="public-key-file" onChange={(event) => void read(event.target.files?.[0])} />
      <button type="button" className="button from-file" onClick={() => file.current?.click()}>
        Choose a file…
      </button>
    </>
  );
}
