// SPDX-License-Identifier: Apache-2.0

const TYPES = /^(ssh-ed25519|sk-ssh-ed25519@openssh\.com|ecdsa-sha2-nistp256|sk-ecdsa-sha2-nistp256@openssh\.com|ssh-rsa)$/;
const LARGEST = 16_384;

/** What is wrong with a pasted public key, as far as that can be said without parsing it; the server decides. */
export function publicKeyRule(text: string): string | null {
  const key = text.trim();
  if (key === '') return 'Paste a public key, or choose its file.';
  if (/PRIVATE KEY/.test(key)) return 'This is a private key. Keep it where it is, and paste the file beside it that ends in .pub.';
  if (key.length > LARGEST) return 'This is too long for a public key.';
  if (/[\r\n]/.test(key)) return 'One key at a time: a public key is a single line.';
  const [type, body] = key.split(/[ \t]+/);
  if (type?.includes('-cert-')) return 'This is a certificate. Paste the public key itself.';
  if (!TYPES.test(type ?? '')) return 'A public key starts with its type, for instance ssh-ed25519.';
  if (!/^[A-Za-z0-9+/]{40,}={0,2}$/.test(body ?? '')) return 'The part after the type is not whole. Copy the line again.';
  return null;
}

/** The comment at the end of a public key, which most people would call it by. */
export function keyComment(text: string): string {
  return text.trim().split(/[ \t]+/).slice(2).join(' ').slice(0, 64);
}

/** The signature in what somebody pasted, prompts around it left out; null where there is none. */
export function signatureIn(text: string): string | null {
  const found = /-----BEGIN SSH SIGNATURE-----[A-Za-z0-9+/=\s]+-----END SSH SIGNATURE-----/.exec(text);
  return found ? `${found[0].replace(/\r/g, '')}\n` : null;
}
