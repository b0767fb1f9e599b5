// SPDX-License-Identifier: Apache-2.0
import { SshKeySection } from '../credentials/SshKeySection';
import { ApiKeys } from '../programs/ApiKeys';
import type { SettingsTab } from '../state/route';
import { useStore } from '../state/useStore';
import { PageTabs } from '../ui/PageTabs';
import { tabsOf } from '../ui/places';
import { usePage } from '../ui/usePage';
import { Passkeys } from './Passkeys';

export function SettingsPage({ tab }: { tab: SettingsTab }) {
  const { me, workspaces } = useStore();
  usePage('Settings');
  return (
    <section className="page" data-testid="settings" data-tab={tab}>
      <header className="page-head">
        <h1>Settings</h1>
      </header>
      <PageTabs label="Settings" tabs={tabsOf('settings', me?.user.role)} current={tab === 'keys' ? '/settings' : '/settings/api-keys'} />
      {tab === 'keys' ? (
        <Keys />
      ) : (
        <ApiKeys
          path="/api/api-keys"
          title="API keys"
          lead="For programs that act as you. Each can do what you tick and nothing else, until it ends."
          workspaces={workspaces ?? []}
        />
      )}
    </section>
  );
}

function Keys() {
  return (
    <>
      <SshKeySection
        path="/api/ssh-keys"
        own
        lead="You sign in with a signature of one of these. The private half never leaves the machine that it is on."
        empty="No key yet. Add one, and you can sign in from any machine that has it."
      />
      <Passkeys />
    </>
  );
}
