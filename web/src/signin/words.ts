// SPDX-License-Identifier: Apache-2.0

export interface Words {
  readonly title: string;
  readonly what: string;
}

/** Reasons that come back in the address; any other text there is shown to nobody. */
const FROM_PROVIDER: Readonly<Record<string, Words>> = {
  'sign-in-expired': {
    title: 'This sign-in is over',
    what: 'It took longer than ten minutes, was used before or began in another browser. Begin again.',
  },
  'not-admitted': {
    title: 'You are not admitted here',
    what: 'The provider knows you, but this server does not let you in. Ask its owner.',
  },
  'account-disabled': {
    title: 'This account is switched off',
    what: 'Ask an owner of this server to switch it on again.',
  },
  'too-many-people': {
    title: 'No more accounts fit in',
    what: 'You are admitted, but this server has as many accounts as providers may make. Ask its owner.',
  },
  'provider-refused': {
    title: 'The provider did not sign you in',
    what: 'Begin again, or use another way to sign in.',
  },
  'provider-answer': {
    title: 'The provider’s answer could not be trusted',
    what: 'Begin again. If it stays like this, tell an owner of this server.',
  },
  'provider-away': {
    title: 'The provider does not answer',
    what: 'Try again in a minute, or use another way to sign in.',
  },
  'provider-unknown': {
    title: 'There is no such provider',
    what: 'Choose one of the ways below.',
  },
  'vault-not-sealed': {
    title: 'Everything is stopped, but Vault was not sealed',
    what: 'It refused, or did not answer. Somebody at the machine can seal it: ./coffer emergency-stop --seal',
  },
  busy: {
    title: 'Too many are signing in',
    what: 'Try again in some minutes.',
  },
  unavailable: {
    title: 'Signing in is not possible at present',
    what: 'A part of this server does not answer. The server goes on trying to reach it; try again in a minute.',
  },
};

const NOT_LET_IN: Words = {
  title: 'That way did not let you in',
  what: 'The provider answered, but nobody was signed in. Try again, or use another way.',
};

export function wordsFromAddress(search: string): Words | null {
  const slug = new URLSearchParams(search).get('problem');
  if (slug === null) return null;
  return Object.hasOwn(FROM_PROVIDER, slug) ? (FROM_PROVIDER[slug] ?? NOT_LET_IN) : NOT_LET_IN;
}
