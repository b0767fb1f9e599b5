// SPDX-License-Identifier: Apache-2.0
import { Suspense, useEffect, useState } from 'react';
import { LoadingPage, DownPage } from './pages/DownPage';
import { HomePage } from './pages/HomePage';
import { NotFoundPage } from './pages/NotFoundPage';
import { WorkspacePage } from './pages/WorkspacePage';
import { useArrival } from './state/arrival';
import { placeOf, useRoute, type Route } from './state/route';
import { store } from './state/store';
import { useStore } from './state/useStore';
import { Boundary } from './ui/Boundary';
import { later } from './ui/later';
import { LoadingWords } from './ui/LoadingWords';
import { Shell } from './ui/Shell';
import { useTheme } from './ui/theme';

const SignInPage = later(() => import('./signin/SignInPage'));
const InvitationPage = later(() => import('./signin/InvitationPage'));
/** One file for the pages that most visits never open. */
const account = () => import('./pages/account');

const ActivityPage = later(async () => ({ default: (await account()).ActivityPage }));
const AuditPage = later(async () => ({ default: (await account()).AuditPage }));
const PeoplePage = later(async () => ({ default: (await account()).PeoplePage }));
const PersonPage = later(async () => ({ default: (await account()).PersonPage }));
const SettingsPage = later(async () => ({ default: (await account()).SettingsPage }));
const ReferencePage = later(() => import('./reference/ReferencePage'));

export function App() {
  const route = useRoute();
  const { phase } = useStore();
  useTheme();
  const { token } = useArrival();
  const [atDoor] = useState(() => route.page === 'invitation' || token !== '');
  useEffect(() => {
    if (!atDoor) void store.start();
  }, [atDoor]);

  return (
    <Boundary around={(message) => <main className="lone">{message}</main>}>
      <Suspense fallback={<LoadingPage />}>
        <Outside route={route} phase={phase} />
      </Suspense>
    </Boundary>
  );
}

/** What is shown before anybody is known to be signed in. */
function Outside({ route, phase }: { route: Route; phase: 'loading' | 'signed-out' | 'down' | 'ready' }) {
  if (route.page === 'invitation') return <InvitationPage />;
  if (route.page === 'sign-in' && phase !== 'ready') return <SignInPage />;
  if (phase === 'signed-out') return <SignInPage signedOut={route.page === 'signed-out'} />;
  if (phase === 'loading') return <LoadingPage />;
  if (phase === 'down') return <DownPage />;
  return (
    <Shell>
      <Boundary of={placeOf(route)}>
        <Suspense fallback={<LoadingWords />}>
          <Inside route={route} />
        </Suspense>
      </Boundary>
    </Shell>
  );
}

function Inside({ route }: { route: Route }) {
  switch (route.page) {
    case 'workspace':
      return <WorkspacePage key={route.id} id={route.id} />;
    case 'settings':
      return <SettingsPage tab={route.tab} />;
    case 'activity':
      return <ActivityPage tab={route.tab} />;
    case 'people':
      return <PeoplePage tab={route.tab} />;
    case 'person':
      return <PersonPage key={route.id} id={route.id} />;
    case 'audit':
      return <AuditPage tab={route.tab} />;
    case 'reference':
      return <ReferencePage />;
    case 'home':
    case 'sign-in':
    case 'signed-out':
      return <HomePage />;
    default:
      return <NotFoundPage />;
  }
}
