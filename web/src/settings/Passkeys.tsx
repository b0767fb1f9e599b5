// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { call } from '../api/http';
import type { Passkey } from '../api/identity';
import { canUsePasskeys } from '../credentials/passkeys';
import { useLoaded } from '../state/useLoaded';
import { Confirm } from '../ui/Confirm';
import { Passkey as PasskeyIcon, Plus } from '../ui/icons';
import { Listing } from '../ui/Listing';
import { Section } from '../ui/Section';
import { Used } from '../ui/Used';
import { AddPasskey } from './AddPasskey';

const PATH = '/api/passkeys';

export function Passkeys() {
  const passkeys = useLoaded<Passkey[]>(PATH);
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<Passkey | null>(null);
  const able = canUsePasskeys();
  return (
    <Section
      title="Passkeys"
      lead={able ? 'The everyday way in: a touch, a face or a code on this device, and nothing that can be typed into the wrong site.' : 'This browser cannot make passkeys. A newer one can.'}
      testId="passkeys"
      action={
        able && (
          <button type="button" className="button" onClick={() => setAdding(true)} data-testid="add-passkey">
            <Plus /> Add a passkey
          </button>
        )
      }
    >
      <Listing loaded={passkeys} empty="No passkey yet." testId="passkey-list">
        {(passkey) => <Row key={passkey.id} passkey={passkey} onRevoke={() => setRevoking(passkey)} />}
      </Listing>
      {adding && <AddPasskey onDone={passkeys.reload} onClose={() => setAdding(false)} />}
      {revoking && (
        <Confirm
          title={`Revoke ${revoking.name}`}
          verb="Revoke the passkey"
          work={() => call('DELETE', `${PATH}/${revoking.id}`)}
          onDone={passkeys.reload}
          onClose={() => setRevoking(null)}
        >
          <p>Nobody can sign in with it any more, and every browser that did is signed out at once, its terminals closed.</p>
        </Confirm>
      )}
    </Section>
  );
}

function Row({ passkey, onRevoke }: { passkey: Passkey; onRevoke: () => void }) {
  return (
    <li className="item" data-testid="passkey-row" data-name={passkey.name}>
      <PasskeyIcon />
      <div className="item-text">
        <p className="item-name">{passkey.name}</p>
        <Used added={passkey.createdAt} last={passkey.lastUsedAt} />
      </div>
      <button type="button" className="button" aria-label={`Revoke ${passkey.name}`} onClick={onRevoke} data-testid="revoke">
        Revoke…
      </button>
    </li>
  );
}
