// SPDX-License-Identifier: Apache-2.0
import type { Command } from '../palette/commands';

interface Shown {
  readonly ids: readonly string[];
  readonly current: string;
  /** As the tab of the one that is shown says. */
  readonly name: string;
  readonly reader: boolean;
}

interface Doing {
  add(): void;
  show(id: string): void;
  search(): void;
  close(): void;
  toggleReader(): void;
}

/** What the palette can do with the terminals of the workspace that is shown. */
export function terminalCommands({ ids, current, name, reader }: Shown, doing: Doing): readonly Command[] {
  const commands: Command[] = [{ id: 'terminal-new', text: 'New terminal', also: 'tab create shell', run: doing.add }];
  const at = ids.indexOf(current);
  const go = (step: number) => () => doing.show(ids[(at + step + ids.length) % ids.length] ?? '');
  if (at >= 0 && ids.length > 1) {
    commands.push(
      { id: 'terminal-next', text: 'Next terminal', also: 'tab right switch', run: go(1) },
      { id: 'terminal-previous', text: 'Previous terminal', also: 'tab left switch', run: go(-1) },
    );
  }
  if (at >= 0) {
    commands.push(
      { id: 'terminal-search', text: 'Search the terminal', also: 'find text scrollback', run: doing.search },
      { id: 'terminal-close', text: `Close ${name}`, also: 'tab terminal end exit', run: doing.close },
    );
  }
  commands.push({ id: 'terminal-reader', text: `Screen reader mode ${reader ? 'off' : 'on'}`, also: 'terminal accessibility', run: doing.toggleReader });
  return commands;
}
