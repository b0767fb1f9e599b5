// SPDX-License-Identifier: Apache-2.0

export interface Excerpt {
  readonly head: string;
  readonly tail: string;
  /** Characters between the two. */
  readonly left: number;
}

const HEAD = 3_000;
const TAIL = 1_000;

/** All of a short text; of a long one its beginning and its end, because what runs last counts as much. */
export function excerpt(text: string): Excerpt {
  const all = [...text];
  if (all.length <= HEAD + TAIL) return { head: text, tail: '', left: 0 };
  return { head: all.slice(0, HEAD).join(''), tail: all.slice(-TAIL).join(''), left: all.length - HEAD - TAIL };
}

export function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

/** How much it is, and what of it is not shown. */
export function sizeWords(text: string): string {
  const { left } = excerpt(text);
  const all = `${counted(text.trimEnd().split('\n').length, 'line')}, ${counted([...text].length, 'character')}`;
  return left === 0 ? `${all}.` : `${all}. Only its beginning and its end are shown; ${counted(left, 'character')} between them ${left === 1 ? 'is' : 'are'} not.`;
}
