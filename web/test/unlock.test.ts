// SPDX-License-Identifier: Apache-2.0
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Store } from '../src/state/store';
import { waitText } from '../src/state/vault';
import { LongWait } from '../src/ui/LongWait';

const problem = (slug: string, status = 409) => ({ type: `https://cofferdam.dev/problems/${slug}`, title: slug, status, detail: '', id: '1' });
const session = (id: string, state = 'ACTIVE') => ({ id, workspaceId: 'w', state, openedAt: '2026-01-01T00:00:00Z' });
const lines = (...all: object[]) => new Response(all.map((line) => JSON.stringify(line)).join('\n') + '\n');
const refused = (slug: string, status = 409) => new Response(JSON.stringify(problem(slug, status)), { status });

/** What the server answers to each unlock in turn, the last one from then on, and what it lists meanwhile. */
function answer(unlocks: (() => Response)[], open: () => object[]): { unlocks: number } {
  const asked = { unlocks: 0 };
  vi.stubGlobal('fetch', async (path: string) => {
    if (path === '/api/sessions') return new Response(JSON.stringify(open()));
    if (path !== '/api/workspaces/w/unlock') return new Response('[]');
    asked.unlocks += 1;
    return unlocks[Math.min(asked.unlocks, unlocks.length) - 1]!();
  });
  return asked;
}

describe('an unlock while another window opens the workspace', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  async function unlocked(page: Store): Promise<void> {
    const done = page.unlock('w');
    await vi.advanceTimersByTimeAsync(60_000);
    await done;
  }

  it('asks again each second until it has the session', async () => {
    let open: object[] = [];
    const opening = () => lines({ step: 'authorised' }, { problem: problem('session-opening') });
    const asked = answer([opening, opening, () => lines({ session: session('a') })], () => open);
    const page = new Store();
    const done = page.unlock('w');
    await vi.advanceTimersByTimeAsync(900);
    expect(asked.unlocks).toBe(1);
    expect(page.get().unlocking.get('w')?.problem).toBeNull();
    open = [session('a', 'OPENING')];
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked.unlocks).toBe(2);
    expect(page.get().unlocking.get('w')?.steps.map((step) => step.name)).toEqual(['authorised']);
    await vi.advanceTimersByTimeAsync(1_000);
    await done;
    expect(asked.unlocks).toBe(3);
    expect(page.get().sessions.get('w')?.id).toBe('a');
    expect(page.get().unlocking.has('w')).toBe(false);
  });

  it('takes what is open by then', async () => {
    for (const slug of ['session-opening', 'session-already-open']) {
      const asked = answer([() => refused(slug)], () => [session('other', 'LOCKING'), session('a', 'WARNED')]);
      const page = new Store();
      await unlocked(page);
      expect(asked.unlocks).toBe(1);
      expect(page.get().sessions.get('w')?.id).toBe('a');
      expect(page.get().unlocking.has('w')).toBe(false);
    }
  });

  it('says so in the end, and asks no more', async () => {
    const asked = answer([() => refused('session-opening')], () => [session('a', 'OPENING')]);
    const page = new Store();
    await unlocked(page);
    expect(page.get().unlocking.get('w')?.problem?.slug).toBe('session-opening');
    expect(asked.unlocks).toBeGreaterThan(15);
    expect(asked.unlocks).toBeLessThanOrEqual(22);
  });

  it('does not wait for one that locks, nor where it failed', async () => {
    for (const slug of ['session-already-open', 'wrong-key', 'locked-meanwhile']) {
      const asked = answer([() => refused(slug)], () => [session('a', 'LOCKING')]);
      const page = new Store();
      await unlocked(page);
      expect(asked.unlocks).toBe(1);
      expect(page.get().unlocking.get('w')?.problem?.slug).toBe(slug);
    }
  });

  it('shows no failure of its own once the other window has opened it', async () => {
    answer([() => refused('unavailable', 503)], () => []);
    const page = new Store();
    await unlocked(page);
    expect(page.get().unlocking.get('w')?.problem?.slug).toBe('unavailable');
    page.take({ ...session('a'), state: 'ACTIVE' });
    expect(page.get().unlocking.has('w')).toBe(false);
  });
});

describe('an unlock that takes long', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  /** Says its first step, and then nothing until it is given up. */
  function silent(open: () => object[]): void {
    vi.stubGlobal('fetch', async (path: string, { signal }: RequestInit) => {
      if (path !== '/api/workspaces/w/unlock') return new Response(JSON.stringify(path === '/api/sessions' ? open() : []));
      const body = new ReadableStream({
        start(out) {
          out.enqueue(new TextEncoder().encode('{"step":"authorised"}\n'));
          signal?.addEventListener('abort', () => out.error(signal.reason));
        },
      });
      return new Response(body);
    });
  }

  it('is given up when somebody says so, blames nobody, and can be asked again at once', async () => {
    silent(() => []);
    const page = new Store();
    const first = page.unlock('w');
    await vi.advanceTimersByTimeAsync(11_000);
    expect(page.get().unlocking.get('w')?.steps.map((step) => step.name)).toEqual(['authorised']);
    page.stopWaiting('w');
    expect(page.get().unlocking.has('w')).toBe(false);
    const again = page.unlock('w');
    await first;
    expect(page.get().unlocking.get('w')?.problem).toBeNull();
    page.stopWaiting('w');
    await again;
    expect(page.get().unlocking.has('w')).toBe(false);
  });

  it('is shown as open if the server opens it after all', async () => {
    let open: object[] = [];
    silent(() => open);
    const page = new Store();
    const done = page.unlock('w');
    await vi.advanceTimersByTimeAsync(11_000);
    open = [session('a')];
    page.stopWaiting('w');
    await done;
    page.take({ ...session('a'), state: 'ACTIVE' });
    expect(page.get().sessions.get('w')?.state).toBe('ACTIVE');
  });

  it('stops asking while another window opens it', async () => {
    const asked = answer([() => refused('session-opening')], () => []);
    const page = new Store();
    const done = page.unlock('w');
    await vi.advanceTimersByTimeAsync(3_500);
    page.stopWaiting('w');
    const before = asked.unlocks;
    await vi.advanceTimersByTimeAsync(10_000);
    await done;
    expect(asked.unlocks).toBe(before);
    expect(page.get().unlocking.has('w')).toBe(false);
  });

  it('offers the way out after ten seconds, and says all the time what it waits for', () => {
    const wait = (startedAt: number) => renderToStaticMarkup(createElement(LongWait, { startedAt, onStop: () => {} }));
    expect(wait(performance.now() - 9_000)).not.toContain('Stop waiting');
    expect(wait(performance.now() - 10_000)).toContain('Stop waiting');
    expect(waitText(undefined)).toBe('Waiting for the server to allow it…');
    expect(waitText('sandbox')).toBe('Waiting for the vault to release its key…');
  });
});
