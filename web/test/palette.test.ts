// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { KeySequence, matching, type Command } from '../src/palette/commands';

const command = (id: string, text: string, also = '', keys?: readonly string[]): Command => ({ id, text, also, run: () => {}, ...(keys ? { keys } : {}) });
const COMMANDS = [
  command('a', 'Go to notes', 'open workspace'), command('b', 'Lock notes', 'close'), command('c', 'New workspace', 'create', ['n']),
  command('d', 'Keys and passkeys', 'settings ssh', ['g', 's']), command('e', 'People', 'users', ['g', 'p']),
];
const found = (typed: string) => matching(COMMANDS, typed).map((one) => one.id);

describe('what is found in the palette', () => {
  it('is everything at first', () => expect(found('  ')).toHaveLength(5));
  it('has every word, at a beginning, in any order', () => {
    expect(found('notes lo')).toEqual(['b']);
    expect(found('SSH')).toEqual(['d']);
    expect(found('otes')).toEqual([]);
  });
  it('has first what it is called', () => expect(found('ke').concat(found('new'))).toEqual(['d', 'c']));
});

describe('keys one after the other', () => {
  it('are a command when they are complete', () => {
    const keys = new KeySequence();
    expect(keys.press('g', 0, COMMANDS)).toBeUndefined();
    expect(keys.press('p', 300, COMMANDS)?.id).toBe('e');
    expect(keys.press('p', 400, COMMANDS)).toBeUndefined();
  });
  it('are forgotten after a second', () => {
    const keys = new KeySequence();
    keys.press('g', 0, COMMANDS);
    expect(keys.press('s', 1_500, COMMANDS)).toBeUndefined();
  });
  it('begin anew with a key that leads nowhere', () => {
    const keys = new KeySequence();
    keys.press('g', 0, COMMANDS);
    expect(keys.press('n', 100, COMMANDS)?.id).toBe('c');
    expect(keys.press('x', 200, COMMANDS)).toBeUndefined();
    expect(keys.press('n', 300, COMMANDS)?.id).toBe('c');
  });
});
