// SPDX-License-Identifier: Apache-2.0

export interface Words {
  readonly title: string;
  readonly what: string;
}

/** Reasons that come back in the address; any other text there is shown to nobody. */
const FROM_PROVIDER: Readonly<Record<string, Words>> = {};

const NOT_LET_IN: Words = {
  title: 'That way did not let you in',
  what: 'The provider answered, but nobody was signed in. Try again, or use another way.',
};

export function wordsFromAddress(search: string): Words | null {
  const slug = new URLSearchParams(search).get('problem');
  if (slug === null) return null;
  return Object.hasOwn(FROM_PROVIDER, slug) ? (FROM_PROVIDER[slug] ?? NOT_LET_IN) : NOT_LET_IN;
}
