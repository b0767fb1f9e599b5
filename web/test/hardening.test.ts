// SPDX-License-Identifier: Apache-2.0
import headless from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { SLICE_BYTES, slices } from '../src/terminal/slices';
import { harden, openable, safePaste, safeTitle, type Hookable } from '../src/terminal/hardening';

async function answers(text: string, replaying = false): Promise<string> {
  const terminal = new headless.Terminal({ allowProposedApi: true, cols: 80, rows: 24 });
  harden(terminal as unknown as Hookable, () => replaying);
  let said = '';
  terminal.onData((data) => (said += data));
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  terminal.dispose();
  return said;
}

/** What the first rows show. */
async function lines(text: string): Promise<string[]> {
  const terminal = new headless.Terminal({ allowProposedApi: true, cols: 80, rows: 24 });
  harden(terminal as unknown as Hookable, () => false);
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  const shown = [0, 1].map((row) => terminal.buffer.active.getLine(terminal.buffer.active.baseY + row)?.translateToString(true) ?? '');
  terminal.dispose();
  return shown.filter((line, i) => line !== '' || i === 0 || shown.slice(i).some(Boolean));
}

describe('what a program can make the terminal do', () => {
  it.each(['b', 'L', 'M', 'S', 'T', 'Z', 'I', '@', 'P', 'X'])('is not freezing the page with ESC[2147483647%s', async (final) => {
    const before = performance.now();
    await answers(`A\u001b[2147483647${final}`);
    expect(performance.now() - before).toBeLessThan(500);
  });
  it.each(['L', 'M', 'S', 'T'])('moves no more lines with ESC[%s than the screen has', async (final) => {
    expect(await lines(`one\r\ntwo\u001b[H\u001b[1${final}`)).not.toEqual(['one', 'two']);
    expect(await lines(`one\r\ntwo\u001b[H\u001b[24${final}`)).not.toEqual(['one', 'two']);
    expect(await lines(`one\r\ntwo\u001b[H\u001b[25${final}`)).toEqual(['one', 'two']);
  });
  it('repeats a letter with its marks and no heap of them', async () => {
    expect(await lines('e\u0301\u001b[3b')).toEqual(['e\u0301'.repeat(4)]);
    const heap = `a${'\u0301'.repeat(5000)}`;
    expect(await lines(`${heap}\u001b[3b`)).toEqual([heap]);
  });
  it('is written in slices, so that the page has its turn in between', () => {
    const bytes = Uint8Array.from({ length: 2 * SLICE_BYTES + 1 }, (_, i) => i % 251);
    expect(slices(bytes).map((slice) => slice.length)).toEqual([SLICE_BYTES, SLICE_BYTES, 1]);
    expect(slices(bytes).flatMap((slice) => [...slice])).toEqual([...bytes]);
    expect(slices(new Uint8Array())).toEqual([new Uint8Array()]);
  });
  it('is answered from a closed list', async () => {
    expect(await answers('\u001b[c')).toBe('\u001b[?1;2c');
    expect(await answers('\u001b[5n')).toBe('\u001b[0n');
    expect(await answers('\u001b[6n')).toBe('\u001b[1;1R');
  });
  it.each(['\u001b[21t', '\u001b[18t', '\u001b[14t', '\u001b]52;c;?\u0007', '\u001b[>q', '\u001bP+q544e\u001b\\', '\u0005', '\u001b[1;1;1;1;1;1*y', '\u001b]10;?\u0007', '\u001b]4;1;?\u0007', '\u001b]11;?\u001b\\'])(
    'gets no answer to %j',
    async (asked) => expect(await answers(asked)).toBe(''),
  );
  it('gets no answer at all while old output is shown again', async () => {
    expect(await answers('\u001b[c\u001b[>c\u001b[5n\u001b[6n\u001b[?6n\u001b[?25$p\u001bP$qm\u001b\\', true)).toBe('');
  });
});

/** What xterm.js keeps of one OSC or DCS string at most. */
const LONGEST_STRING = 10_000_000;

describe('a string without end', () => {
  async function titles(text: string): Promise<number[]> {
    const terminal = new headless.Terminal({ allowProposedApi: true, cols: 80, rows: 24 });
    harden(terminal as unknown as Hookable, () => false);
    const seen: number[] = [];
    terminal.onTitleChange((title) => seen.push(title.length));
    await new Promise<void>((resolve) => terminal.write(text, resolve));
    terminal.dispose();
    return seen;
  }
  it('is dropped where it is longer than its cap, and what follows is read', async () => {
    const long = 'x'.repeat(LONGEST_STRING + 1);
    expect(await titles(`\u001b]2;${long}\u0007\u001b]2;next\u0007`)).toEqual([4]);
    expect(await titles(`\u001b]2;${long.slice(1)}\u0007`)).toEqual([LONGEST_STRING]);
  });
  it('gets no answer as a question that is longer than its cap', async () => {
    expect(await answers(`\u001bP$q${'m'.repeat(LONGEST_STRING + 1)}\u001b\\\u001b[5n`)).toBe('\u001b[0n');
    expect(await answers('\u001bP$qm\u001b\\')).toBe('\u001bP1$r0m\u001b\\');
  });
});

describe('words from the sandbox', () => {
  it('become one short line as a title', () => {
    expect(safeTitle('vim\n\u202egpj.exe\u0007  a')).toBe('vimgpj.exe a');
    expect(safeTitle('x'.repeat(9000))).toHaveLength(80);
  });
  it('are links only with http or https and no user info', () => {
    expect(openable('https://example.org/a')).toEqual({ href: 'https://example.org/a', host: 'example.org' });
    for (const bad of ['javascript:alert(1)', 'file:///etc/passwd', 'https://bank.example@evil.example/', 'data:text/html,x', 'nonsense']) {
      expect(openable(bad)).toBeNull();
    }
    expect(openable('https://еxample.org')?.host).toContain('xn--');
  });
  it('cannot press keys when pasted', () => {
    expect(safePaste('a\u001b[201~rm\r\nb\u0003\tc')).toBe('a[201~rm\nb\tc');
    expect(safePaste('a\rb\r\r\nc')).toBe('a\nb\n\nc');
  });
});
