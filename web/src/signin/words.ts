// SPDX-License-Identifier: Apache-2.0
import type { Problem } from '../api/http';

export interface Words {
  readonly title: string;
  readonly what: string;
}

/** What a way in says when it did not let somebody in. The server says the same for unknown and for wrong. */
const KNOWN: Readonly<Record<string, Words>> = {
  'key-not-registered': {
    title: 'This key is not registered',
    what: 'Nobody here signs in with it, or its signature was made for something else. Ask an owner or an admin to add it, or use another way to sign in.',
  },
  'passkey-not-registered': {
    title: 'This passkey is not registered',
    what: 'Nobody here signs in with it. Use another way to sign in, and add a passkey in the settings.',
  },
  'challenge-spent': {
    title: 'This command was too old',
    what: 'It is good for 60 seconds and for one try. Get a fresh one.',
  },
  'invitation-spent': {
    title: 'This invitation no longer works',
    what: 'It was used, has run out or was taken back. Ask whoever sent it for another one.',
  },
};

/** Our words where we have some, else the server's. */
export function wordsFor(problem: Problem): Words {
  return KNOWN[problem.slug] ?? { title: problem.title, what: problem.detail };
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
