// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { wordsFromAddress } from '../src/signin/words';
import { ago, ends, secondsLeft } from '../src/ui/times';

describe('a refused sign-in', () => {
  it('shows no text that somebody put into the address', () => {
    const words = wordsFromAddress('?problem=Call+0800+and+tell+your+key');
    expect(JSON.stringify(words)).not.toContain('0800');
    expect(wordsFromAddress('?problem=constructor')?.title).toBe(words?.title);
    expect(wordsFromAddress('')).toBeNull();
    expect(wordsFromAddress('?problem=not-admitted')?.what).toContain('Ask its owner');
    expect(wordsFromAddress('?problem=too-many-people')?.title).toBe('No more accounts fit in');
  });
  it('says of a stop that could not seal Vault what was done, what was not, and who can do it', () => {
    const words = wordsFromAddress('?problem=vault-not-sealed');
    expect(words?.title).toBe('Everything is stopped, but Vault was not sealed');
    expect(words?.what).toContain('./coffer emergency-stop --seal');
  });
});

describe('times', () => {
  const now = Date.parse('2026-01-10T12:00:00Z');
  it('look back', () => {
    expect([ago('2026-01-07T12:00:00Z', now), ago('2026-01-10T11:59:50Z', now), ago('2026-01-10T12:30:00Z', now)]).toEqual(['3 days ago', 'just now', 'just now']);
  });
  it('look ahead', () => {
    expect([ends('2026-01-16T13:00:00Z', now), ends('2026-01-10T11:00:00Z', now), ends('2026-01-10T12:00:20Z', now)]).toEqual(['ends in 6 days', 'has ended', 'ends in less than a minute']);
  });
  it('count down by our own clock when the server’s is elsewhere', () => {
    expect(secondsLeft('2026-01-10T12:00:42Z', 60, now)).toBe(42);
    expect(secondsLeft('2026-01-10T13:00:00Z', 60, now)).toBe(60);
    expect(secondsLeft('2026-01-10T09:00:00Z', 60, now)).toBe(60);
  });
});
