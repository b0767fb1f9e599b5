// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { call } from '../api/http';
import type { SshKey } from '../api/identity';
import { AddSshKey } from '../credentials/AddSshKey';
import { SshKeyRow } from '../credentials/SshKeyRow';
import { useLoaded } from '../state/useLoaded';
import { Confirm } from '../ui/Confirm';
import { Plus } from '../ui/icons';
import { Listing } from '../ui/Listing';
import { Section } from '../ui/Section';

const PATH = '/api/ssh-keys';

export function SshKeys() {
  const keys = useLoaded<SshKey[]>(PATH);
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<SshKey | null>(null);
  return (
    <Section
      title="SSH keys"
      lead="You sign in with a signature of one of these. The private half never leaves the machine that it is on."
      testId="ssh-keys"
      action={
        <button type="button" className="button" onClick={() => setAdding(true)} data-testid="add-ssh-key">
          <Plus /> Add a key
        </button>
      }
    >
      <Listing loaded={keys} empty="No key yet. Add the public half of one, and you can sign in from any machine that has the other." testId="ssh-key-list">
        {(key) => <SshKeyRow key={key.id} sshKey={key} onRevoke={() => setRevoking(key)} />}
      </Listing>
      {adding && <AddSshKey path={PATH} onDone={keys.reload} onClose={() => setAdding(false)} />}
      {revoking && (
        <Confirm
          title={`Revoke ${revoking.name}`}
          verb="Revoke the key"
          work={() => call('DELETE', `${PATH}/${revoking.id}`)}
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
