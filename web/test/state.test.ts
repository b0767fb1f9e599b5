// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it, vi } from 'vitest';
import { LineBuffer, Problem, unreachable } from '../src/api/http';
import type { Session } from '../src/api/types';
import { routeOf } from '../src/state/route';
import { merged, warned } from '../src/state/merging';
import { Store } from '../src/state/store';
import { clock, isLost, millis, nameRule, reasonText, rowLine, stateLine, vaultKind } from '../src/state/vault';
import { backoffMs } from '../src/terminal/backoff';

const session = (id: string, state: Session['state'], reason: string | null = null): Session => ({ id, workspaceId: 'w', state, reason });

describe('why a workspace is locked', () => {
  it('is a sentence of its own for each end of a sign-in', () => {
    const words = ['signed-out', 'ended-elsewhere', 'ended-by-admin', 'key-revoked', 'role-changed', 'account-disabled', 'provider-signed-out', 'refresh-token-reused', 'sign-in-over', 'emergency-stop', 'too-many-sign-ins'];
    const sentences = new Set(words.map((word) => reasonText(word)));
    expect(sentences.size).toBe(words.length);
    expect(sentences).not.toContain(reasonText(null));
  });

  it('tells the timeouts apart', () => {
    expect(reasonText('command-timeout')).toContain('nothing was typed');
    expect(reasonText('mount-timeout')).toContain('no program worked on files');
    expect(reasonText('idle')).toContain('nothing was typed and no program worked on files');
  });
});

describe('a vault that nobody has a word of', () => {
  const away = { live: false, problem: unreachable() };
  const idle = { deadline: 100_000, warnSeconds: 60, heardAt: 10_000 };
  it('is lost once neither the server nor its sandbox says anything', () => {
    expect(isLost(away, undefined, 0)).toBe(true);
    expect(isLost({ live: false, problem: null }, undefined, 0)).toBe(false);
    expect(isLost(away, idle, 21_000)).toBe(false);
    expect(isLost(away, idle, 23_000)).toBe(true);
    expect(isLost(away, { ...idle, deadline: 12_000 }, 12_500)).toBe(true);
  });
  it('is known by events of a server of which only a part fails, but not by a stream that may be dead', () => {
    expect(isLost({ live: true, problem: new Problem({}, 503) }, undefined, 0)).toBe(false);
    expect(isLost({ live: true, problem: unreachable() }, undefined, 0)).toBe(true);
  });
  it('is not called open, nor is its countdown said to go on', () => {
    const kind = vaultKind(null, session('a', 'ACTIVE'), undefined, 0, 60, true);
    expect(kind).toBe('unknown');
    expect(stateLine(kind, 0)).toBe('Connection lost · it will have locked itself by now');
    expect(stateLine(kind, 581)).toBe('Connection lost · was open, 9:41 left when idle');
    expect(stateLine(kind, null)).toBe('Connection lost · was open when last heard of');
    expect(rowLine(kind, 0)).toBe('Not known · will have locked itself');
    expect(rowLine('open', 581)).toBe('Open · 9:41');
  });
  it('stays locked if it was', () => expect(vaultKind(null, session('a', 'LOCKED'), undefined, null, 0, true)).toBe('locked'));
});

describe('the state of a vault', () => {
  it('is one of five', () => {
    expect(vaultKind(null, undefined, undefined, null, 0)).toBe('locked');
    expect(vaultKind(null, session('a', 'ACTIVE'), undefined, 500, 60)).toBe('open');
    expect(vaultKind(null, session('a', 'ACTIVE'), undefined, 48, 60)).toBe('warning');
    expect(vaultKind(null, session('a', 'LOCKED'), undefined, 48, 60)).toBe('locked');
    expect(vaultKind(null, session('a', 'LOCKED'), { steps: [], startedAt: 0, problem: null }, null, 0)).toBe('opening');
  });
  it('locks soon as the server says while no view of it is here', () => {
    expect(vaultKind(null, session('a', 'WARNED'), undefined, null, 0)).toBe('warning');
    expect(vaultKind(null, session('a', 'WARNED'), undefined, 590, 60)).toBe('open');
    const at = Date.parse('2026-01-01T00:00:00Z');
    const soon = warned(new Map(), session('a', 'ACTIVE'), { ...session('a', 'WARNED'), locksAt: '2026-01-01T00:00:48Z' }, at);
    expect(soon.get('w')!.deadline - performance.now()).toBeGreaterThan(47_000);
    expect(soon.get('w')!.deadline - performance.now()).toBeLessThanOrEqual(48_000);
    expect(warned(soon, session('a', 'WARNED'), session('a', 'WARNED'))).toBe(soon);
    expect(warned(soon, session('a', 'WARNED'), session('a', 'ACTIVE')).size).toBe(0);
    expect(warned(new Map(), undefined, { ...session('a', 'WARNED'), locksAt: 'no time' }).size).toBe(0);
  });
  it('is locked when the server no longer lists the session', () => {
    expect(merged(new Map([['w', session('a', 'ACTIVE')]]), []).get('w')?.state).toBe('LOCKED');
  });
  it('is locked once its sandbox says so, whoever else can not be asked', () => {
    vi.useFakeTimers();
    const page = new Store();
    page.take(session('a', 'ACTIVE'));
    page.heardLocked('of another workspace');
    vi.advanceTimersByTime(2_000);
    expect(page.get().sessions.get('w')?.state).toBe('ACTIVE');
    page.heardLocked('a');
    expect(page.get().sessions.get('w')?.state).toBe('ACTIVE');
    vi.advanceTimersByTime(2_000);
    expect(page.get().sessions.get('w')?.state).toBe('LOCKED');
    page.take(session('a', 'LOCKED', 'lease-lost'));
    page.heardLocked('a');
    vi.advanceTimersByTime(2_000);
    expect(page.get().sessions.get('w')?.reason).toBe('lease-lost');
    vi.useRealTimers();
  });
  it('is not opened again by a late list', () => {
    expect(merged(new Map([['w', session('a', 'LOCKED', 'idle')]]), [session('a', 'ACTIVE')]).get('w')?.reason).toBe('idle');
    expect(merged(new Map([['w', session('a', 'LOCKED', 'idle')]]), [session('b', 'ACTIVE')]).get('w')?.id).toBe('b');
  });
});

describe('the countdown', () => {
  const line = (left: number | null, warnSeconds = 60) => stateLine(vaultKind(null, session('a', 'ACTIVE'), undefined, left, warnSeconds), left);
  it('says how long it may be idle, and in its last minute when it locks', () => {
    expect([line(600), line(599.2), line(61), line(60.4)]).toEqual(['Open · 10:00 left when idle', 'Open · 10:00 left when idle', 'Open · 1:01 left when idle', 'Open · 1:01 left when idle']);
    expect([line(60), line(59.1), line(1), line(0), line(-2)]).toEqual(['Locks in 1:00', 'Locks in 1:00', 'Locks in 0:01', 'Locks in 0:00', 'Locks in 0:00']);
  });
  it('says no time that nobody has told', () => {
    expect([line(null), stateLine('warning', null), stateLine('locked', 300)]).toEqual(['Open', 'Locks soon', 'Locked']);
  });
});

describe('small things', () => {
  it('count down', () => expect([clock(581), clock(48), clock(-3)]).toEqual(['9:41', '0:48', '0:00']));
  it('say times', () => expect([millis(9.4), millis(1234)]).toEqual(['9 ms', '1.2 s']));
  it('cut lines', () => {
    const lines = new LineBuffer();
    expect(lines.add('{"a":1}\n{"b"')).toEqual(['{"a":1}']);
    expect(lines.add(':2}')).toEqual([]);
    expect(lines.rest()).toEqual(['{"b":2}']);
  });
  it('check names as the server does', () => {
    for (const good of ['Grüße 2', 'a-b_c.d', 'ノート']) expect(nameRule(good)).toBeNull();
    for (const bad of ['', '  ', 'a/b', 'a\u202eb', 'x'.repeat(65), 'a\u0000']) expect(nameRule(bad)).not.toBeNull();
  });
  it('wait longer each time, never all alike, at most five seconds', () => {
    expect(backoffMs(0, () => 0)).toBe(125);
    expect(backoffMs(0, () => 1)).toBe(250);
    expect(backoffMs(50, () => 1)).toBe(5000);
  });
  it('know their pages', () => {
    expect(routeOf('/w/abc-1')).toEqual({ page: 'workspace', id: 'abc-1' });
    expect(routeOf('/settings/api-keys')).toEqual({ page: 'settings', tab: 'api-keys' });
    expect(routeOf('/people/invitations')).toEqual({ page: 'people', tab: 'invitations' });
    expect(routeOf('/audit')).toEqual({ page: 'audit', tab: 'ledger' });
    expect(routeOf('/audit/alerts')).toEqual({ page: 'audit', tab: 'alerts' });
    expect(routeOf('/people/3f0c')).toEqual({ page: 'person', id: '3f0c' });
    for (const path of ['/w/../x', '/w/', '/people/a/b', 'constructor', '/settings/other']) expect(routeOf(path).page).toBe('unknown');
  });
});
