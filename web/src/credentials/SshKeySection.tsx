// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { call } from '../api/http';
import type { SshKey } from '../api/identity';
import { useLoaded } from '../state/useLoaded';
import { Confirm } from '../ui/Confirm';
import { Plus } from '../ui/icons';
import { Listing } from '../ui/Listing';
import { Section } from '../ui/Section';
import { AddOwnKey } from './AddOwnKey';
import { AddSshKey } from './AddSshKey';
import { SshKeyRow } from './SshKeyRow';

interface Props {
  /** Whose keys they are. */
  path: string;
  /** Who looks at them: then they prove what they add. */
  own?: boolean;
  lead: string;
  empty: string;
}

/** The keys of one person. */
export function SshKeySection({ path, own = false, lead, empty }: Props) {
  const Add = own ? AddOwnKey : AddSshKey;
  const keys = useLoaded<SshKey[]>(path);
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<SshKey | null>(null);
  return (
    <Section
      title="SSH keys"
      lead={lead}
      testId="ssh-keys"
      action={
        <button type="button" className="button" onClick={() => setAdding(true)} data-testid="add-ssh-key">
          <Plus /> Add a key
        </button>
      }
    >
      <Listing loaded={keys} empty={empty} testId="ssh-key-list">
        {(key) => <SshKeyRow key={key.id} sshKey={key} onRevoke={() => setRevoking(key)} />}
      </Listing>
      {adding && <Add path={path} onDone={keys.reload} onClose={() => setAdding(false)} />}
      {revoking && (
        <Confirm
          title={`Revoke ${revoking.name}`}
          verb="Revoke the key"
          work={() => call('DELETE', `${path}/${revoking.id}`)}
          onDone={keys.reload}
          onClose={() => setRevoking(null)}
        >
          <p>Nobody can sign in with it any more, and every browser that did is signed out at once, its terminals closed.</p>
          <p className="fingerprint">{revoking.fingerprint}</p>
        </Confirm>
      )}
    </Section>
  );
}
