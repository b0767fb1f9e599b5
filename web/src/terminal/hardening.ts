// SPDX-License-Identifier: Apache-2.0
// What a program in the sandbox may make this page do is a closed list. Titles, links and replies are
// its words, not ours.

/** The parser hooks used here; browser and headless xterm.js both have them. */
export interface Hookable {
  readonly rows: number;
  readonly buffer: {
    readonly active: {
      readonly baseY: number;
      readonly cursorX: number;
      readonly cursorY: number;
      getLine(row: number): { getCell(column: number): { getChars(): string } | undefined } | undefined;
    };
  };
  readonly parser: {
    registerCsiHandler(
      id: { prefix?: string; intermediates?: string; final: string },
      callback: (params: (number | number[])[]) => boolean,
    ): unknown;
    registerOscHandler(ident: number, callback: (data: string) => boolean): unknown;
    registerDcsHandler(
      id: { prefix?: string; intermediates?: string; final: string },
      callback: (data: string, params: (number | number[])[]) => boolean,
    ): unknown;
  };
}

const SWALLOW = true;
const PASS = false;

/** No screen is wider (docs/terminal-protocol.md), and nothing that counts columns asks for more. */
const MAX_COLUMNS = 1000;

/** A cell's letter with its marks; a longer one takes memory and time with each repeat. */
const MAX_REPEATED = 16;

/**
 * Sequences that xterm.js repeats in a loop, with the count taken from the stream: `A`, `ESC[2147483647b`
 * would hold the page for minutes, and a stream of many smaller ones as well. Those that move lines cost the
 * most and do nothing more past the height of the screen. What counts more is dropped.
 */
const LINES = [...'LMST^'].map((final) => ({ final }));
const COLUMNS = [
  ...[...'@IPXZ'].map((final) => ({ final })),
  { intermediates: ' ', final: '@' },
  { intermediates: ' ', final: 'A' },
  { intermediates: "'", final: '}' },
  { intermediates: "'", final: '~' },
];

/** Ids of OSC colours whose `?` form would write a reply into the shell. */
const COLOURS = [4, 5, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19];

/** OSC that xterm.js or an add-on may act on one day, and that we never want: clipboard and files. */
const NEVER = [7, 9, 50, 52, 99, 633, 777, 1337];

function past(most: number, params: readonly (number | number[])[]): boolean {
  return params.some((param) => (Array.isArray(param) ? param.some((sub) => sub > most) : param > most));
}

/** Whether what stands before the cursor, narrow or wide, is more than a letter with its marks. */
function longBeforeCursor(terminal: Hookable): boolean {
  const { cursorX, cursorY, baseY } = terminal.buffer.active;
  const line = terminal.buffer.active.getLine(baseY + cursorY);
  return [1, 2].some((back) => (line?.getCell(cursorX - back)?.getChars().length ?? 0) > MAX_REPEATED);
}

/**
 * @param replaying true while retained output is shown again: its questions were answered, or missed,
 *     long ago, and an answer now would appear as typing at the prompt
 */
export function harden(terminal: Hookable, replaying: () => boolean): void {
  const { parser } = terminal;
  for (const id of LINES) parser.registerCsiHandler(id, (params) => past(terminal.rows, params));
  for (const id of COLUMNS) parser.registerCsiHandler(id, (params) => past(MAX_COLUMNS, params));
  parser.registerCsiHandler({ final: 'b' }, (params) => past(MAX_COLUMNS, params) || longBeforeCursor(terminal));
  for (const osc of NEVER) parser.registerOscHandler(osc, () => SWALLOW);
  for (const osc of COLOURS) parser.registerOscHandler(osc, (data) => (data.includes('?') ? SWALLOW : PASS));
  parser.registerCsiHandler({ final: 't' }, () => SWALLOW);
  parser.registerCsiHandler({ prefix: '>', final: 'q' }, () => SWALLOW);
  parser.registerDcsHandler({ intermediates: '+', final: 'q' }, () => SWALLOW);
  quietDuringReplay(parser, replaying);
}

/** Device attributes, status reports and mode questions: the closed list of what gets an answer when live. */
function quietDuringReplay(parser: Hookable['parser'], replaying: () => boolean): void {
  const asked = [
    { final: 'c' },
    { prefix: '>', final: 'c' },
    { prefix: '=', final: 'c' },
    { final: 'n' },
    { prefix: '?', final: 'n' },
    { intermediates: '$', final: 'p' },
    { prefix: '?', intermediates: '$', final: 'p' },
  ];
  for (const id of asked) parser.registerCsiHandler(id, replaying);
  parser.registerDcsHandler({ intermediates: '$', final: 'q' }, replaying);
}

/** A title as one short line of visible characters; bidi controls could turn a tab's name round. */
export function safeTitle(title: string): string {
  return title
    .slice(0, 512)
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80);
}

/** What may be opened from a terminal at all. The host is shown as the browser will really resolve it. */
export function openable(uri: string): { href: string; host: string } | null {
  try {
    const url = new URL(uri);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
    if (url.username || url.password) return null;
    return { href: url.href, host: url.host };
  } catch {
    return null;
  }
}

/** Pasted text without the bytes that could end a bracketed paste or press keys. */
export function safePaste(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '');
}
