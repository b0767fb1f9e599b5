// SPDX-License-Identifier: Apache-2.0
import { MyOpen } from '../open/MyOpen';
import { works } from '../state/roles';
import type { ActivityTab } from '../state/route';
import { useStore } from '../state/useStore';
import { PageTabs } from '../ui/PageTabs';
import { tabsOf } from '../ui/places';
import { usePage } from '../ui/usePage';
import { Devices } from './Devices';
import { History } from './History';

export function ActivityPage({ tab }: { tab: ActivityTab }) {
  const { me } = useStore();
  usePage('Activity');
  return (
    <section className="page" data-testid="activity" data-tab={tab}>
      <header className="page-head">
        <h1>Activity</h1>
      </header>
      <PageTabs label="Activity" tabs={tabsOf('activity', me?.user.role)} current={tab === 'devices' ? '/activity' : '/activity/sign-ins'} />
      {tab === 'devices' ? (
        <>
          <Devices
            path="/api/devices"
            title="Where you are signed in"
            lead="Every browser that can act as you at this moment. Ending one closes its terminals within a second and locks what it opened."
            single
          />
          {works(me?.user.role) && <MyOpen />}
        </>
      ) : (
        <History />
      )}
    </section>
  );
}
