// SPDX-License-Identifier: Apache-2.0
import { call, Problem } from '../api/http';
import { assertionJson, attestationJson, creationOptions, requestOptions, type CreationJson, type RequestJson } from './webauthn';

interface Challenge {
  readonly id: string;
}

export function canUsePasskeys(): boolean {
  return typeof PublicKeyCredential === 'function' && navigator.credentials !== undefined;
}

/** The browser asks the person; the server believes only what comes back signed. */
export async function signInWithPasskey(): Promise<void> {
  const challenge = await call<Challenge & RequestJson>('POST', '/api/sign-in/passkey/challenges');
  const credential = await asked(navigator.credentials.get({ publicKey: requestOptions(challenge) }));
  await call('POST', '/api/sign-in/passkey', { challengeId: challenge.id, credential: assertionJson(credential) });
}

export async function addPasskey(name: string): Promise<void> {
  const challenge = await call<Challenge & CreationJson>('POST', '/api/passkeys/challenges');
  const credential = await asked(navigator.credentials.create({ publicKey: creationOptions(challenge) }));
  await call('POST', '/api/passkeys', { challengeId: challenge.id, name, credential: attestationJson(credential) });
}

async function asked(prompt: Promise<Credential | null>): Promise<PublicKeyCredential> {
  const credential = await prompt.catch((error: unknown) => {
    throw notGiven(error);
  });
  if (!credential) throw notGiven(null);
  return credential as PublicKeyCredential;
}

/** Browsers tell "cancelled", "timed out" and "no such passkey" apart for nobody, on purpose. */
function notGiven(error: unknown): Problem {
  if (error instanceof DOMException && error.name === 'InvalidStateError') {
    return new Problem({ type: 'passkey-known', title: 'This device has a passkey here already', detail: 'Use that one, or another device.' }, 409);
  }
  return new Problem(
    { type: 'passkey-cancelled', title: 'No passkey was used', detail: 'The browser’s question was closed or ran out of time, or this device has no passkey for this address.' },
    400,
  );
}
