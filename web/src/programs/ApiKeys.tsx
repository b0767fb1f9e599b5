// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { call } from '../api/http';
import type { ApiKey } from '../api/identity';
import type { Workspace } from '../api/types';
import { useLoaded } from '../state/useLoaded';
import { Confirm } from '../ui/Confirm';
import { Plus, Program } from '../ui/icons';
import { Listing } from '../ui/Listing';
import { Section } from '../ui/Section';
import { ends, exact } from '../ui/times';
import { Used } from '../ui/Used';
import { NewApiKey } from './NewApiKey';

interface Props {
  path: string;
  title: string;
  lead: string;
  /** Those that a key can be narrowed to. */
  workspaces: readonly Workspace[];
}

/** The keys of one account: whose is in the path. */
export function ApiKeys({ path, title, lead, workspaces }: Props) {
  const keys = useLoaded<ApiKey[]>(path);
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  return (
    <Section
      title={title}
      lead={lead}
      testId="api-keys"
      action={
        <button type="button" className="button primary" onClick={() => setMaking(true)} data-testid="new-api-key">
          <Plus /> New API key
        </button>
      }
    >
      <Listing loaded={keys} empty="No key yet." testId="api-key-list">
        {(key) => <Row key={key.id} apiKey={key} workspaces={workspaces} onRevoke={() => setRevoking(key)} />}
      </Listing>
      {making && <NewApiKey path={path} workspaces={workspaces} onMade={keys.reload} onClose={() => setMaking(false)} />}
      {revoking && (
        <Confirm title={`Revoke ${revoking.name}`} verb="Revoke the key" work={() => call('DELETE', `${path}/${revoking.id}`)} onDone={keys.reload} onClose={() => setRevoking(null)}>
          <p>Every program that uses it is refused from now on, and what it has open closes.</p>
        </Confirm>
      )}
    </Section>
  );
}

function Row({ apiKey, workspaces, onRevoke }: { apiKey: ApiKey; workspaces: readonly Workspace[]; onRevoke: () => void }) {
  const places = new Set(apiKey.scopes.map((scope) => scope.workspaceId ?? ''));
  const named = [...places].map((id) => (id === '' ? 'all workspaces' : (workspaces.find((one) => one.id === id)?.name ?? 'a deleted workspace')));
  return (
    <li className="item" data-testid="api-key-row" data-name={apiKey.name}>
      <Program />
      <div className="item-text">
        <p className="item-name">
          {apiKey.name} {Date.parse(apiKey.expiresAt) <= Date.now() && <span className="tag tag-bad">Ended</span>}
        </p>
        <p className="fingerprint">{[...new Set(apiKey.scopes.map((scope) => scope.verb))].join(', ')}</p>
        <p className="faint" title={exact(apiKey.expiresAt)}>
          In {named.join(', ')} · {ends(apiKey.expiresAt)}
        </p>
        <Used added={apiKey.createdAt} last={apiKey.lastUsedAt} />
      </div>
      <button type="button" className="button" aria-label={`Revoke ${apiKey.name}`} onClick={onRevoke} data-testid="revoke">
        Revoke…
      </button>
    </li>
  );
}
