// SPDX-License-Identifier: Apache-2.0
import { NotFoundPage } from '../pages/NotFoundPage';
import { governs, owns } from '../state/roles';
import type { PeopleTab } from '../state/route';
import { useStore } from '../state/useStore';
import { PageTabs } from '../ui/PageTabs';
import { tabsOf } from '../ui/places';
import { usePage } from '../ui/usePage';
import { EmergencyStop } from './EmergencyStop';
import { Invitations } from './Invitations';
import { Maintenance } from './Maintenance';
import { OpenNow } from './OpenNow';
import { PeopleList } from './PeopleList';
import { Providers } from './Providers';
import { ServiceAccounts } from './ServiceAccounts';

const PAGES: Readonly<Record<PeopleTab, { to: string; show: () => React.JSX.Element }>> = {
  people: { to: '/people', show: PeopleList },
  open: { to: '/people/open', show: OpenNow },
  invitations: { to: '/people/invitations', show: Invitations },
  'service-accounts': { to: '/people/service-accounts', show: ServiceAccounts },
  providers: { to: '/people/providers', show: Providers },
};

/** For owners and admins; for everybody else nothing is here. */
export function PeoplePage({ tab }: { tab: PeopleTab }) {
  const { me } = useStore();
  usePage('People');
  const { to, show: Show } = PAGES[tab];
  if (!governs(me?.user.role)) return <NotFoundPage />;
  return (
    <section className="page" data-testid="people" data-tab={tab}>
      <header className="page-head">
        <h1>People</h1>
      </header>
      <PageTabs label="People" tabs={tabsOf('people', me?.user.role)} current={to} />
      <Show />
      {tab === 'open' && owns(me?.user.role) && (
        <>
          <Maintenance />
          <EmergencyStop />
        </>
      )}
    </section>
  );
}
