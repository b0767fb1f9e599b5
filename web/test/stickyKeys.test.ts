// SPDX-License-Identifier: Apache-2.0
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { KeyRow } from '../src/terminal/KeyRow';
import { arrowKey, StickyKeys, withHeld } from '../src/terminal/stickyKeys';

const held = (ctrl: boolean, alt: boolean) => ({ ctrl, alt });

describe('the row of keys', () => {
  it('sends arrows as the program asked for them', () => {
    expect(arrowKey('A', false)).toBe('\u001b[A');
    expect(arrowKey('A', true)).toBe('\u001bOA');
  });

  it('says which of its keys are held', () => {
    const keys = new StickyKeys();
    keys.toggle('ctrl');
    const nothing = () => {};
    const row = renderToStaticMarkup(createElement(KeyRow, { keys, send: nothing, arrow: nothing, paste: nothing, focus: nothing }));
    expect(row).toContain('aria-label="Control" aria-pressed="true"');
    expect(row).toContain('aria-pressed="false">Alt');
    const first = [...row.matchAll(/>([^<>]+)<\/button>/g)].map(([, label]) => label).slice(0, 8);
    expect(first.join(' ')).toBe('Esc Tab Ctrl Alt ← ↑ ↓ →');
  });
});

describe('a held key', () => {
  it('makes control characters of letters and of what else has one', () => {
    const of = (char: string) => withHeld(char, held(true, false)).charCodeAt(0);
    expect([...'aAzZ'].map(of)).toEqual([1, 1, 26, 26]);
    expect([...'@[\\]^_ ?'].map(of)).toEqual([0, 27, 28, 29, 30, 31, 0, 127]);
    expect(withHeld('1', held(true, false))).toBe('1');
  });

  it('puts an escape before for Alt, and carries both in an arrow of either kind', () => {
    expect(withHeld('b', held(false, true))).toBe('\u001bb');
    expect(withHeld('b', held(true, true))).toBe('\u001b\u0002');
    expect(withHeld('\u001b[D', held(true, false))).toBe('\u001b[1;5D');
    expect(withHeld('\u001bOD', held(false, true))).toBe('\u001b[1;3D');
  });

  it('leaves a word of the keyboard as it is', () => expect(withHeld('clear', held(true, true))).toBe('clear'));

  it('holds for one key, and not for what the terminal says by itself', () => {
    const keys = new StickyKeys();
    let told = 0;
    keys.subscribe(() => (told += 1));
    keys.toggle('ctrl');
    expect(keys.take('\u001b[O')).toBe('\u001b[O');
    expect(keys.get().ctrl).toBe(true);
    expect(keys.take('r')).toBe('\u0012');
    expect(keys.take('r')).toBe('r');
    expect(told).toBe(2);
  });

  it('is let go by pressing it again', () => {
    const keys = new StickyKeys();
    keys.toggle('alt');
    keys.toggle('alt');
    expect(keys.take('x')).toBe('x');
  });
});
