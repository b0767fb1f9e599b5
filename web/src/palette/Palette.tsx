// SPDX-License-Identifier: Apache-2.0
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { matching, type Command } from './commands';
import { OPENS, OPENS_IN_TERMINAL } from './keys';

/** Everything that can be done, found by typing; arrows choose, Return does it. */
export default function Palette({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const found = matching(commands, typed);
  const chosen = found[Math.min(at, found.length - 1)];

  useEffect(() => {
    const before = document.activeElement;
    const element = dialog.current;
    element?.showModal();
    element?.querySelector('input')?.focus();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useEffect(() => {
    dialog.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen?.id]);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    // After the dialog has given the focus back, so that what the command opens may take it.
    requestAnimationFrame(command.run);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt((Math.min(at, found.length - 1) + step + found.length) % Math.max(1, found.length));
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(chosen);
    }
  };

  return (
    <dialog
      ref={dialog}
      className="dialog palette"
      aria-label="Commands"
      data-testid="palette"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <input
        role="combobox"
        aria-label="What do you want to do?"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen ? `${id}-${chosen.id}` : undefined}
        placeholder="What do you want to do?"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        data-testid="palette-input"
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} className="palette-list" role="listbox" aria-label="Commands" tabIndex={-1}>
        {found.map((command) => (
          <div
            key={command.id}
            id={`${id}-${command.id}`}
            role="option"
            className="palette-item"
            aria-selected={command === chosen}
            data-testid="palette-item"
            data-command={command.id}
            onClick={() => run(command)}
            onMouseMove={() => setAt(found.indexOf(command))}
          >
            <span className="palette-text">{command.text}</span>
            {command.keys && <Keys keys={command.keys} />}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p className="palette-none soft" role="status">
          Nothing is called that.
        </p>
      )}
      <p className="palette-foot faint">
        <kbd>{OPENS}</kbd> opens this, <kbd>?</kbd> too; in a terminal <kbd>{OPENS_IN_TERMINAL}</kbd>
      </p>
    </dialog>
  );
}

function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <span className="keys">
      <span className="sr-only">Keys: </span>
      {keys.map((key, index) => (
        <kbd key={index}>{key.toUpperCase()}</kbd>
      ))}
    </span>
  );
}
