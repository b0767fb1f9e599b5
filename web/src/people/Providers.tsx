// SPDX-License-Identifier: Apache-2.0
import type { Provider, SignInMethods } from '../api/identity';
import { useLoaded } from '../state/useLoaded';
import { CopyBox } from '../ui/CopyBox';
import { Provider as ProviderIcon } from '../ui/icons';
import { Listing } from '../ui/Listing';
import { Section } from '../ui/Section';

/** Read-only: they are configured in a file that is read when Cofferdam starts. */
export function Providers() {
  const methods = useLoaded<SignInMethods>('/api/sign-in/methods');
  return (
    <Section title="Sign-in providers" lead="People can also sign in with an account elsewhere. Providers are set up in a file on the server, so that no stolen sign-in can add one.">
      <Listing loaded={{ ...methods, data: methods.data?.providers ?? null }} empty="None is set up. docs/sign-in-providers.md, beside the program on the server, says how." testId="provider-list">
        {(provider) => <Row key={provider.id} provider={provider} />}
      </Listing>
    </Section>
  );
}

function Row({ provider }: { provider: Provider }) {
  return (
    <li className="item" data-testid="provider-row" data-provider={provider.id}>
      <ProviderIcon />
      <div className="item-text">
        <p className="item-name">
          {provider.name} <span className="tag">{provider.id}</span>
        </p>
        <p className="faint">Address that the provider has to know:</p>
        <CopyBox text={`${location.origin}/api/sign-in/providers/${provider.id}/callback`} what={`Callback address of ${provider.name}`} />
      </div>
    </li>
  );
}
