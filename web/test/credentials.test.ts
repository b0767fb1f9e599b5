// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { keyComment, publicKeyRule, signatureIn } from '../src/credentials/publicKey';
import { creationOptions, fromBase64Url, requestOptions, toBase64Url } from '../src/credentials/webauthn';

const ED25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE9nOf0m0jP2kCw1oZ1b4Tzv5xF3h8V7lQdYt6uWcXyZ ada@laptop';
const SIGNATURE = '-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1\nMTkAAAAg\n-----END SSH SIGNATURE-----';

describe('a pasted public key', () => {
  it('is taken as it comes out of its file', () => {
    expect(publicKeyRule(ED25519)).toBeNull();
    expect(publicKeyRule(`  ${ED25519}\n`)).toBeNull();
    expect(publicKeyRule(`sk-ssh-ed25519@openssh.com ${'A'.repeat(60)}==`)).toBeNull();
  });
  it('is called by its comment', () => {
    expect(keyComment(ED25519)).toBe('ada@laptop');
    expect(keyComment('ssh-ed25519 AAAA a b ')).toBe('a b');
    expect(keyComment('')).toBe('');
  });
  it('is never the private half', () => {
    expect(publicKeyRule('-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl')).toContain('private key');
  });
  it('is one whole key of a known type', () => {
    expect(publicKeyRule('')).toContain('Paste');
    expect(publicKeyRule(`${ED25519}\n${ED25519}`)).toContain('One key');
    expect(publicKeyRule('ssh-ed25519')).toContain('not whole');
    expect(publicKeyRule(`ssh-dss ${'A'.repeat(60)}`)).toContain('type');
    expect(publicKeyRule(`ssh-ed25519-cert-v01@openssh.com ${'A'.repeat(60)}`)).toContain('certificate');
    expect(publicKeyRule(`ssh-rsa ${'A'.repeat(20_000)}`)).toContain('too long');
  });
});

describe('a pasted signature', () => {
  it('is found among the prompts around it', () => {
    expect(signatureIn(`ada@laptop:~$ ssh-keygen …\r\nSigning data on standard input\r\n${SIGNATURE.replace(/\n/g, '\r\n')}\r\nada@laptop:~$`)).toBe(`${SIGNATURE}\n`);
  });
  it('is missing when only a part of it is there', () => {
    expect(signatureIn(SIGNATURE.slice(0, -5))).toBeNull();
    expect(signatureIn('')).toBeNull();
  });
});

describe('what WebAuthn takes and gives', () => {
  it('goes through base64url unchanged, whatever the bytes are', () => {
    for (let length = 0; length < 70; length++) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length * 101) & 255);
      const text = toBase64Url(bytes.buffer);
      expect(text).toMatch(/^[A-Za-z0-9_-]*$/);
      expect(fromBase64Url(text)).toEqual(bytes);
    }
  });
  it('has its buffers in the places where browsers look for them', () => {
    const options = requestOptions({ challenge: 'AQID', rpId: 'localhost', timeout: 1000, userVerification: 'required', allowCredentials: [{ id: '_-8', type: 'public-key', transports: ['internal'] }] });
    expect(options.challenge).toEqual(Uint8Array.of(1, 2, 3));
    expect(options.allowCredentials?.[0]).toEqual({ id: Uint8Array.of(255, 239), type: 'public-key', transports: ['internal'] });
    expect(options).toMatchObject({ rpId: 'localhost', timeout: 1000, userVerification: 'required' });
  });
  it('creates for the person that the server named, and not twice on one device', () => {
    const options = creationOptions({
      rp: { id: 'localhost', name: 'Cofferdam' }, user: { id: 'AQ', name: 'ada', displayName: 'Ada' }, challenge: 'AQID',
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }], excludeCredentials: [{ id: 'Ag', type: 'public-key' }],
    });
    expect(options.user.id).toEqual(Uint8Array.of(1));
    expect(options.excludeCredentials).toEqual([{ id: Uint8Array.of(2), type: 'public-key' }]);
    expect(options.attestation).toBeUndefined();
  });
});
