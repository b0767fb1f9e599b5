// SPDX-License-Identifier: Apache-2.0
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { excerpt, sizeWords } from '../src/terminal/excerpt';
import { PasteDialog } from '../src/terminal/questions';

describe('what is shown of a text before it is pasted', () => {
  it('is all of it, with how much it is', () => {
    expect(excerpt('make\nmake test\n')).toEqual({ head: 'make\nmake test\n', tail: '', left: 0 });
    expect(sizeWords('make\nmake test\n')).toBe('2 lines, 15 characters.');
  });

  it('is the beginning and the end of a long one, and says what is between them', () => {
    const text = `begin\n${'x'.repeat(5_000)}\nrm -rf ~\n`;
    const { head, tail, left } = excerpt(text);
    expect(head.length + left + tail.length).toBe(text.length);
    expect(tail).toContain('rm -rf ~');
    const dialog = renderToStaticMarkup(createElement(PasteDialog, { text, onClose: () => {}, onPaste: () => {} }));
    expect(dialog).toContain('rm -rf ~');
    expect(dialog).toContain('1,016 characters not shown here');
    expect(dialog).toContain('3 lines, 5,016 characters. Only its beginning and its end are shown');
  });

  it('cuts no character in two', () => {
    const { head, tail } = excerpt('😀'.repeat(4_001));
    expect(head + tail).toBe('😀'.repeat(4_000));
  });
});
