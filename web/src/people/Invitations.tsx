// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { call } from '../api/http';
import type { Invitation } from '../api/identity';
import { ROLE_WORDS } from '../state/roles';
import { useLoaded } from '../state/useLoaded';
import { Confirm } from '../ui/Confirm';
import { Chain, Plus } from '../ui/icons';
import { Listing } from '../ui/Listing';
import { Section } from '../ui/Section';
import { ends, exact } from '../ui/times';
import { Invite } from './Invite';

const PATH = '/api/invitations';

export function Invitations() {
  const invitations = useLoaded<Invitation[]>(PATH);
  const [inviting, setInviting] = useState(false);
  const [revoking, setRevoking] = useState<Invitation | null>(null);
  return (
    <Section
      title="Open invitations"
      lead="A link with which one person registers a key of their own. It works once."
      action={
        <button type="button" className="button primary" onClick={() => setInviting(true)} data-testid="invite">
          <Plus /> Invite somebody
        </button>
      }
    >
      <Listing loaded={invitations} empty="Nobody is invited at the moment." testId="invitation-list">
        {(invitation) => <Row key={invitation.id} invitation={invitation} onRevoke={() => setRevoking(invitation)} />}
      </Listing>
      {inviting && <Invite path={PATH} onMade={invitations.reload} onClose={() => setInviting(false)} />}
      {revoking && (
        <Confirm
          title={`Take back the invitation ${called(revoking)}`}
          verb="Take it back"
          work={() => call('DELETE', `${PATH}/${revoking.id}`)}
          onDone={invitations.reload}
          onClose={() => setRevoking(null)}
        >
          <p>Its link stops working at once. Whoever has it is told to ask for another one.</p>
        </Confirm>
      )}
    </Section>
  );
}

function called(invitation: Invitation): string {
  return invitation.name ? `of ${invitation.name}` : `of a ${ROLE_WORDS[invitation.role].name.toLowerCase()}`;
}

function Row({ invitation, onRevoke }: { invitation: Invitation; onRevoke: () => void }) {
  return (
    <li className="item" data-testid="invitation-row" data-name={invitation.name ?? ''}>
      <Chain />
      <div className="item-text">
        <p className="item-name">
          {invitation.name || 'Whoever has the link'} <span className="tag">{ROLE_WORDS[invitation.role].name}</span>
        </p>
        <p className="faint sentence" title={exact(invitation.expiresAt)}>
          {ends(invitation.expiresAt)}
        </p>
      </div>
      <button type="button" className="button" aria-label={`Take back the invitation ${called(invitation)}`} onClick={onRevoke} data-testid="revoke">
        Take back…
      </button>
    </li>
  );
}
