// SPDX-License-Identifier: Apache-2.0
// What a program in the sandbox may make this page do is a closed list. Titles, links and replies are
// its words, not ours.

/** The parser hooks used here; browser and headless xterm.js both have them. */
export interface Hookable {
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

/** Twice the widest screen and more than the whole scrollback window of rows; nothing real asks for more. */
export const MAX_COUNT = 4096;

const SWALLOW = true;
const PASS = false;

/**
 * Sequences that xterm.js repeats in a loop, with the count taken from the stream: `A`, `ESC[2147483647b`
 * would hold the page for minutes. Counts past MAX_COUNT are dropped with their sequence.
 */
const COUNTED = [
  ...'@ILMPSTXZ^b'.split('').map((final) => ({ final })),
  { intermediates: ' ', final: '@' },
  { intermediates: ' ', final: 'A' },
  { intermediates: "'", final: '}' },
  { intermediates: "'", final: '~' },
];

/** Ids of OSC colours whose `?` form would write a reply into the shell. */
const COLOURS = [4, 5, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19];

/** OSC that xterm.js or an add-on may act on one day, and that we never want: clipboard and files. */
const NEVER = [7, 9, 50, 52, 99, 633, 777, 1337];

export function tooMany(params: readonly (number | number[])[]): boolean {
  return params.some((param) => (Array.isArray(param) ? param.some((sub) => sub > MAX_COUNT) : param > MAX_COUNT));
}

/**
 * @param replaying true while retained output is shown again: its questions were answered, or missed,
 *     long ago, and an answer now would appear as typing at the prompt
 */
export function harden(terminal: Hookable, replaying: () => boolean): void {
  const { parser } = terminal;
  for (const id of COUNTED) parser.registerCsiHandler(id, tooMany);
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
  return text.replace(/\r\n/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '');
}
