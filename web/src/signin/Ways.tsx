// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import type { SignInMethods } from '../api/identity';
import { canUsePasskeys, signInWithPasskey } from '../credentials/passkeys';
import { useAction } from '../state/useAction';
import { useLoaded } from '../state/useLoaded';
import { CopyBox } from '../ui/CopyBox';
import { Chain, Key, Passkey, Provider } from '../ui/icons';
import { entered } from './entered';
import { Refusal } from './Refusal';
import { SshKeyWay } from './SshKeyWay';

/** Until the server has said more, or if it cannot: these need nothing configured. */
const ALWAYS: SignInMethods = { link: true, sshKey: true, passkey: true, providers: [] };

/** Every way in that this server has. */
export function Ways() {
  const { data, problem } = useLoaded<SignInMethods>('/api/sign-in/methods');
  const [chosen, setChosen] = useState<'none' | 'ssh-key'>('none');
  const action = useAction();
  const methods = data ?? ALWAYS;

  if (chosen === 'ssh-key') return <SshKeyWay onBack={() => setChosen('none')} />;
  const passkey = async () => {
    if (await action.run(signInWithPasskey)) entered();
  };
  return (
    <div className="ways">
      {action.problem && <Refusal problem={action.problem} />}
      {problem?.passing && <Refusal problem={problem} />}
      {methods.passkey && canUsePasskeys() && (
        <button type="button" className="button primary way" disabled={action.busy} onClick={() => void passkey()} data-testid="way-passkey">
          <Passkey /> {action.busy ? 'Waiting for your passkey…' : 'Sign in with a passkey'}
        </button>
      )}
      {methods.providers.map((provider) => (
        <a key={provider.id} className="button way" href={`/api/sign-in/providers/${encodeURIComponent(provider.id)}`} data-testid="way-provider" data-provider={provider.id}>
          <Provider /> Continue with {provider.name}
        </a>
      ))}
      {methods.sshKey && (
        <button type="button" className="button way" onClick={() => setChosen('ssh-key')} data-testid="way-ssh-key">
          <Key /> Sign in with an SSH key
        </button>
      )}
      {methods.link && <LinkWay />}
    </div>
  );
}

function LinkWay() {
  return (
    <section className="way-link" data-testid="way-link">
      <h3>
        <Chain /> Or with a one-time link
      </h3>
      <p>Run this in the folder that Cofferdam was started from, and open the address that it prints in this browser.</p>
      <CopyBox text="./coffer link" what="Command for a new link" prompt />
    </section>
  );
}
