// SPDX-License-Identifier: Apache-2.0
import { lazy, Suspense, useEffect, useState } from 'react';
import { LoadingPage, DownPage } from './pages/DownPage';
import { HomePage } from './pages/HomePage';
import { NotFoundPage } from './pages/NotFoundPage';
import { WorkspacePage } from './pages/WorkspacePage';
import { useArrival } from './state/arrival';
import { useRoute, type Route } from './state/route';
import { store } from './state/store';
import { useStore } from './state/useStore';
import { LoadingWords } from './ui/LoadingWords';
import { Shell } from './ui/Shell';
import { useTheme } from './ui/theme';

const SignInPage = lazy(() => import('./signin/SignInPage'));
const InvitationPage = lazy(() => import('./signin/InvitationPage'));
/** One file for the pages that most visits never open. */
const account = () => import('./pages/account');

const ActivityPage = lazy(() => account().then((pages) => ({ default: pages.ActivityPage })));
const AuditPage = lazy(() => account().then((pages) => ({ default: pages.AuditPage })));
const PeoplePage = lazy(() => account().then((pages) => ({ default: pages.PeoplePage })));
const PersonPage = lazy(() => account().then((pages) => ({ default: pages.PersonPage })));
const SettingsPage = lazy(() => account().then((pages) => ({ default: pages.SettingsPage })));
const ReferencePage = lazy(() => import('./reference/ReferencePage'));

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
    <Suspense fallback={<LoadingPage />}>
      <Outside route={route} phase={phase} />
    </Suspense>
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
      <Suspense fallback={<LoadingWords />}>
        <Inside route={route} />
      </Suspense>
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
