// SPDX-License-Identifier: Apache-2.0
import type { SshKey } from '../api/identity';
import { Key } from '../ui/icons';
import { Used } from '../ui/Used';

export function SshKeyRow({ sshKey, onRevoke }: { sshKey: SshKey; onRevoke?: () => void }) {
  return (
    <li className="item" data-testid="ssh-key-row" data-name={sshKey.name}>
      <Key />
      <div className="item-text">
        <p className="item-name">
          {sshKey.name} <span className="tag">{keyType(sshKey.type)}</span>
          {!sshKey.provenAt && (
            <>
              {' '}
              <span className="tag" data-testid="not-proven">
                Not proven
              </span>
            </>
          )}
        </p>
        <p className="fingerprint" data-testid="fingerprint">
          {sshKey.fingerprint}
        </p>
        <Used added={sshKey.createdAt} last={sshKey.lastUsedAt} />
        {!sshKey.provenAt && (
          <p className="faint">
            An owner or admin added it. Signing in with it proves it; until then whoever has its private half can take it to their own
            account.
          </p>
        )}
      </div>
      {onRevoke && (
        <button type="button" className="button" aria-label={`Revoke ${sshKey.name}`} onClick={onRevoke} data-testid="revoke">
          Revoke…
        </button>
      )}
    </li>
  );
}

const TYPES: Readonly<Record<string, string>> = {
  'ssh-ed25519': 'Ed25519',
  'sk-ssh-ed25519@openssh.com': 'Ed25519, hardware',
  'ecdsa-sha2-nistp256': 'ECDSA P-256',
  'sk-ecdsa-sha2-nistp256@openssh.com': 'ECDSA P-256, hardware',
  'ssh-rsa': 'RSA',
};

const CERTIFICATE = /^(.+)-cert-v01@openssh\.com$/;

export function keyType(type: string): string {
  const certified = CERTIFICATE.exec(type)?.[1];
  if (certified) return `${keyType(certified.startsWith('sk-') ? `${certified}@openssh.com` : certified)}, certificate`;
  return Object.hasOwn(TYPES, type) ? (TYPES[type] ?? type) : type;
}
