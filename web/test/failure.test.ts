// SPDX-License-Identifier: Apache-2.0
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { lockFromAnywhere, signOut } from '../src/state/anywhere';
import { store } from '../src/state/store';
import { ProblemNote } from '../src/ui/ProblemNote';

const session = { id: 's', workspaceId: 'w', state: 'ACTIVE' as const };
const refused = { type: 'https://cofferdam.dev/problems/unavailable', title: 'Unavailable', status: 503, id: 'log-7' };
const answers = (answer: () => Promise<Response>) => vi.stubGlobal('fetch', answer);

// Signing out looks at what is kept in the browser; here that is nothing.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });

describe('what fails from the palette', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });
    store.signedOut();
  });

  it('is told of a lock, with what it is about and the id', async () => {
    answers(async () => new Response(JSON.stringify(refused), { status: 503 }));
    await lockFromAnywhere('notes', () => store.lock(session));
    const failure = store.get().failure!;
    const shown = renderToStaticMarkup(createElement(ProblemNote, { ...failure, onDismiss: () => {} }));
    expect(shown).toContain('notes is not locked: Unavailable');
    expect(shown).toContain('log-7');
    expect(shown).toContain('Dismiss');
    store.failed(null);
    expect(store.get().failure).toBeNull();
  });

  it('claims nothing of a lock without an answer', async () => {
    answers(() => Promise.reject(new TypeError('offline')));
    await lockFromAnywhere('notes', () => store.lock(session));
    expect(store.get().failure?.what).toBe('No word that notes is locked');
  });

  it('is told of signing out, and the page stays as it was', async () => {
    answers(async () => new Response(JSON.stringify(refused), { status: 503 }));
    await signOut();
    expect(store.get().failure?.what).toBe('You are not signed out');
  });

  it('is forgotten when the next one works', async () => {
    store.failed({ what: 'before', problem: (await import('../src/api/http')).unreachable() });
    answers(async () => new Response('{}'));
    await lockFromAnywhere('notes', () => store.lock(session));
    expect(store.get().failure).toBeNull();
  });
});
