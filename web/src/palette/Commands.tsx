// SPDX-License-Identifier: Apache-2.0
import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { Boundary } from '../ui/Boundary';
import { Dialog } from '../ui/Dialog';
import { later } from '../ui/later';
import { NewWorkspace } from '../ui/NewWorkspace';
import { KeySequence, type Command } from './commands';
import { opensPalette, typesText } from './keys';
import { useCommands } from './useCommands';

const Palette = later(() => import('./Palette'));

export const OPEN_PALETTE = 'coffer:palette';

/** Listens for the keys of commands everywhere, and shows the palette. */
export function Commands() {
  const [open, setOpen] = useState<'nothing' | 'palette' | 'new-workspace'>('nothing');
  const newWorkspace = useCallback(() => setOpen('new-workspace'), []);
  const close = () => setOpen('nothing');
  const commands = useCommands(newWorkspace);
  useKeys(commands, open !== 'nothing', () => setOpen('palette'));
  return (
    <>
      {open === 'palette' && (
        <Boundary around={(message) => <Dialog title="Commands" testId="palette-failed" onClose={close}><div className="dialog-last">{message}</div></Dialog>}>
          <Suspense fallback={null}>
            <Palette commands={commands} onClose={close} />
          </Suspense>
        </Boundary>
      )}
      {open === 'new-workspace' && <NewWorkspace onClose={close} />}
    </>
  );
}

function useKeys(commands: readonly Command[], busy: boolean, onOpen: () => void): void {
  const latest = useRef({ commands, busy, onOpen });
  latest.current = { commands, busy, onOpen };
  useEffect(() => {
    const sequence = new KeySequence();
    const onKey = (event: KeyboardEvent) => {
      const now = latest.current;
      if (now.busy || document.querySelector('dialog[open]')) return;
      if (opensPalette(event)) return taken(event, now.onOpen);
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typesText(event.target)) return;
      if (event.key === '?') return taken(event, now.onOpen);
      const command = event.key.length === 1 ? sequence.press(event.key.toLowerCase(), event.timeStamp, now.commands) : undefined;
      if (command) taken(event, command.run);
    };
    const onAsked = () => latest.current.onOpen();
    addEventListener('keydown', onKey, { capture: true });
    addEventListener(OPEN_PALETTE, onAsked);
    return () => {
      removeEventListener('keydown', onKey, { capture: true });
      removeEventListener(OPEN_PALETTE, onAsked);
    };
  }, []);
}

/** Nothing else hears a key that was ours. */
function taken(event: KeyboardEvent, run: () => void): void {
  event.preventDefault();
  event.stopPropagation();
  run();
}
