// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it, vi } from 'vitest';
import { matching, type Command } from '../src/palette/commands';
import { Offered } from '../src/palette/offered';
import { terminalCommands } from '../src/terminal/terminalCommands';

const doing = () => ({ add: vi.fn(), show: vi.fn(), search: vi.fn(), close: vi.fn(), toggleReader: vi.fn() });
const named = (commands: readonly Command[], id: string) => commands.find((command) => command.id === id);

describe('what the palette does with terminals', () => {
  it('goes on to the next and back, round the ends', () => {
    const does = doing();
    const commands = terminalCommands({ ids: ['1', '2', '3'], current: '3', name: 'terminal 3', reader: false }, does);
    named(commands, 'terminal-next')!.run();
    named(commands, 'terminal-previous')!.run();
    expect(does.show.mock.calls).toEqual([['1'], ['2']]);
  });

  it('names what it would close, and finds each by what people call it', () => {
    const does = doing();
    const commands = terminalCommands({ ids: ['1'], current: '1', name: 'vim a.c', reader: true }, does);
    expect(named(commands, 'terminal-close')?.text).toBe('Close vim a.c');
    expect(named(commands, 'terminal-next')).toBeUndefined();
    expect(matching(commands, 'find').map((one) => one.id)).toEqual(['terminal-search']);
    for (const command of commands) command.run();
    for (const done of [does.add, does.search, does.close, does.toggleReader]) expect(done).toHaveBeenCalledOnce();
  });

  it('offers no more than a new one where there is none', () => {
    const commands = terminalCommands({ ids: [], current: '', name: '', reader: false }, doing());
    expect(commands.map((one) => one.id)).toEqual(['terminal-new', 'terminal-reader']);
  });
});

describe('what is offered only where somebody is', () => {
  it('is there until it is taken back', () => {
    const offered = new Offered();
    let told = 0;
    offered.subscribe(() => (told += 1));
    const [one, two] = ['a', 'b'].map((id) => ({ id, text: id, run: () => {} })) as [Command, Command];
    const take = offered.offer([one]);
    offered.offer([two]);
    expect(offered.get()).toEqual([one, two]);
    take();
    expect(offered.get()).toEqual([two]);
    expect(told).toBe(3);
  });
});
