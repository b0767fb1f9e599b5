// SPDX-License-Identifier: Apache-2.0
import type { SettingsTab } from '../state/route';
import { PageTabs } from '../ui/PageTabs';
import { usePage } from '../ui/usePage';
import { Passkeys } from './Passkeys';
import { SshKeys } from './SshKeys';

const TABS = [{ to: '/settings', text: 'Keys' }];

export default function SettingsPage({ tab }: { tab: SettingsTab }) {
  usePage('Settings');
  return (
    <section className="page" data-testid="settings" data-tab={tab}>
      <header className="page-head">
        <h1>Settings</h1>
      </header>
      <PageTabs label="Settings" tabs={TABS} current="/settings" />
      <SshKeys />
      <Passkeys />
    </section>
  );
}
