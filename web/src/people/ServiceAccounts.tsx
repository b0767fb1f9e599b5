// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { call } from '../api/http';
import type { ServiceAccount } from '../api/identity';
import { ApiKeys } from '../programs/ApiKeys';
import { useLoaded } from '../state/useLoaded';
import { Confirm } from '../ui/Confirm';
import { Plus, Program } from '../ui/icons';
import { Listing } from '../ui/Listing';
import { Section } from '../ui/Section';
import { Ago } from '../ui/Time';
import { AddServiceAccount } from './AddServiceAccount';

const PATH = '/api/service-accounts';

/** Accounts that nobody signs in as: programs act in their name, with keys. */
export function ServiceAccounts() {
  const accounts = useLoaded<ServiceAccount[]>(PATH);
  const [adding, setAdding] = useState(false);
  const [switching, setSwitching] = useState<ServiceAccount | null>(null);
  const [shown, setShown] = useState('');
  const chosen = accounts.data?.find((account) => account.id === shown);
  return (
    <>
      <Section
        title="Service accounts"
        lead="For programs that belong to nobody in particular. They have workspaces of their own, and keys in place of a sign-in."
        action={
          <button type="button" className="button primary" onClick={() => setAdding(true)} data-testid="add-service-account">
            <Plus /> Add one
          </button>
        }
      >
        <Listing loaded={accounts} empty="None yet." testId="service-account-list">
          {(account) => <Row key={account.id} account={account} shown={account.id === shown} onKeys={() => setShown(account.id === shown ? '' : account.id)} onSwitch={() => setSwitching(account)} />}
        </Listing>
      </Section>
      {chosen && (
        <ApiKeys key={chosen.id} path={`${PATH}/${chosen.id}/api-keys`} title={`API keys of ${chosen.name}`} lead="What a program with one of these may do, until it ends." workspaces={[]} />
      )}
      {adding && <AddServiceAccount path={PATH} onDone={accounts.reload} onClose={() => setAdding(false)} />}
      {switching && (
        <Confirm
          title={switching.disabled ? `Let ${switching.name} in again` : `Disable ${switching.name}`}
          verb={switching.disabled ? 'Let it in' : 'Disable'}
          work={() => call('PATCH', `${PATH}/${switching.id}`, { disabled: !switching.disabled })}
          onDone={accounts.reload}
          onClose={() => setSwitching(null)}
        >
          <p>{switching.disabled ? 'It needs new keys: the old ones are revoked for good.' : 'Its keys are revoked for good, and what they have open closes. Workspaces are kept.'}</p>
        </Confirm>
      )}
    </>
  );
}

function Row({ account, shown, onKeys, onSwitch }: { account: ServiceAccount; shown: boolean; onKeys: () => void; onSwitch: () => void }) {
  return (
    <li className="item" data-testid="service-account-row" data-name={account.name} data-disabled={account.disabled}>
      <Program />
      <div className="item-text">
        <p className="item-name">
          {account.name} {account.disabled && <span className="tag tag-bad">Disabled</span>}
        </p>
        <p className="faint">
          Added <Ago at={account.createdAt} />
        </p>
      </div>
      <div className="item-actions">
        <button type="button" className="button" aria-expanded={shown} aria-label={`Keys of ${account.name}`} onClick={onKeys} data-testid="show-keys">
          Keys
        </button>
        <button type="button" className="button" aria-label={`${account.disabled ? 'Let in' : 'Disable'} ${account.name}`} onClick={onSwitch} data-testid="switch-account">
          {account.disabled ? 'Let in…' : 'Disable…'}
        </button>
      </div>
    </li>
  );
}
