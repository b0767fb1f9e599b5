// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import { DownPage, LoadingPage } from './pages/DownPage';
import { HomePage } from './pages/HomePage';
import { NotFoundPage } from './pages/NotFoundPage';
import { SignedOutPage, SignInPage } from './pages/SignInPage';
import { WorkspacePage } from './pages/WorkspacePage';
import { useRoute } from './state/route';
import { store } from './state/store';
import { useStore } from './state/useStore';
import { Shell } from './ui/Shell';
import { useTheme } from './ui/theme';

export function App() {
  const route = useRoute();
  const { phase } = useStore();
  useTheme();
  const [signingIn] = useState(() => route.page === 'sign-in' && location.hash.length > 1);
  useEffect(() => {
    if (!signingIn) void store.start();
  }, [signingIn]);

  if (route.page === 'sign-in' && phase !== 'ready') return <SignInPage />;
  if (phase === 'signed-out') return route.page === 'signed-out' ? <SignedOutPage /> : <SignInPage />;
  if (phase === 'loading') return <LoadingPage />;
  if (phase === 'down') return <DownPage />;
  return (
    <Shell>
      {route.page === 'workspace' ? (
        <WorkspacePage key={route.id} id={route.id} />
      ) : route.page === 'unknown' ? (
        <NotFoundPage />
      ) : (
        <HomePage />
      )}
    </Shell>
  );
}
