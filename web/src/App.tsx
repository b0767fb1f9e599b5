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
import { Shell } from './ui/Shell';
import { useTheme } from './ui/theme';

const SignInPage = lazy(() => import('./signin/SignInPage'));
const InvitationPage = lazy(() => import('./signin/InvitationPage'));
const SettingsPage = lazy(() => import('./settings/SettingsPage'));

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
      <Suspense fallback={<p className="filling soft">Loading…</p>}>
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
    case 'home':
    case 'sign-in':
    case 'signed-out':
      return <HomePage />;
    default:
      return <NotFoundPage />;
  }
}
