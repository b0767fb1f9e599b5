// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Store } from '../src/state/store';

describe('what is kept in the browser through a sign-out', () => {
  let stored: Map<string, string>;
  /** Clears everything before the page sees the answer, as Clear-Site-Data has a browser do. */
  const server = (status: number) =>
    vi.stubGlobal('fetch', async () => {
      if (status === 204) stored.clear();
      return new Response(null, { status });
    });

  beforeEach(() => {
    stored = new Map();
    vi.stubGlobal('localStorage', { getItem: (name: string) => stored.get(name) ?? null, setItem: (name: string, value: string) => stored.set(name, value) });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('is the theme and the screen reader mode, and nothing else', async () => {
    stored.set('coffer.theme', 'light').set('coffer.screen-reader', 'on').set('coffer.last', 'a workspace').set('planted', 'a token');
    server(204);
    await new Store().signOut();
    expect([...stored]).toEqual([['coffer.theme', 'light'], ['coffer.screen-reader', 'on']]);
  });

  it('is nothing that is no choice, though it has the name of one', async () => {
    stored.set('coffer.theme', 'a token').set('coffer.screen-reader', 'ann@example.org');
    server(204);
    await new Store().signOut();
    expect(stored.size).toBe(0);
  });

  it('stays as it is where signing out failed', async () => {
    stored.set('coffer.theme', 'dark').set('other', 'x');
    server(503);
    await expect(new Store().signOut()).rejects.toThrow();
    expect(stored.size).toBe(2);
  });
});
