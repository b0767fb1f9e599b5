// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { from, methodName, outcomeName, reasonName } from '../src/activity/words';
import { personNameRule } from '../src/people/personName';
import { takenWords } from '../src/people/PersonStorage';
import { fromGib, toGib, wholeNumber } from '../src/people/quota';
import { expiryOf, scopesOf } from '../src/programs/verbs';
import { governs, governsOver, ROLES, works } from '../src/state/roles';
import { placesOf } from '../src/ui/places';

describe('storage of a person', () => {
  it('is said with the number of workspaces', () => {
    const all = [
      { userId: 'a', usedBytes: 1.2 * 2 ** 30, workspaces: 3 },
      { userId: 'b', usedBytes: 5 * 2 ** 20, workspaces: 1 },
    ];
    expect(takenWords(all, 'a')).toBe('1.2 GiB used in 3 workspaces, as last counted while they were open.');
    expect(takenWords(all, 'b')).toBe('5 MiB used in 1 workspace, as last counted while it was open.');
    expect(takenWords(all, 'c')).toBe('Nothing used yet.');
  });
});

describe('roles', () => {
  it('see the places that are theirs', () => {
    const places = (role: (typeof ROLES)[number]) => placesOf(role).map((place) => place.page);
    expect(places('owner')).toContain('people');
    expect(places('admin')).toContain('people');
    expect(places('member')).not.toContain('people');
    expect(places('auditor')).not.toContain('people');
    expect(places('auditor')).toContain('audit');
    expect(places('owner')).toContain('audit');
    for (const role of ['admin', 'member'] as const) expect(places(role)).not.toContain('audit');
    expect(placesOf(undefined).map((place) => place.page)).not.toContain('people');
    expect(placesOf('auditor').flatMap((place) => place.pages).map((page) => page.to)).not.toContain('/settings/api-keys');
  });
  it('reach as far as the server lets them', () => {
    expect(ROLES.filter(works)).toEqual(['owner', 'admin', 'member']);
    expect(ROLES.filter(governs)).toEqual(['owner', 'admin']);
    expect(ROLES.filter((other) => governsOver('owner', other))).toEqual(ROLES);
    expect(ROLES.filter((other) => governsOver('admin', other))).toEqual(['member', 'auditor']);
    expect(ROLES.filter((other) => governsOver('member', other))).toEqual([]);
    expect(governsOver(undefined, 'auditor')).toBe(false);
  });
});

describe('names of people', () => {
  it('are what the server takes', () => {
    for (const good of ['ada', 'Ada Lovelace', 'a', 'ada@example.org', 'a_b-c+d']) expect(personNameRule(good)).toBeNull();
    for (const bad of ['', ' ', '.ada', 'ada-', 'adä', 'a/b', 'x'.repeat(65)]) expect(personNameRule(bad)).not.toBeNull();
  });
});

describe('quotas', () => {
  it('are shown in gibibytes and sent in bytes', () => {
    expect([toGib(107_374_182_400), toGib(536_870_912), toGib(0)]).toEqual(['100', '0.5', '0']);
    expect([fromGib('100'), fromGib('0,5'), fromGib(' 1.25 '), fromGib('-1'), fromGib('1e9'), fromGib('')]).toEqual([107_374_182_400, 536_870_912, 1_342_177_280, null, null, null]);
    expect([wholeNumber('64', 64), wholeNumber('65', 64), wholeNumber('1.5', 64), wholeNumber('', 64)]).toEqual([64, null, null, null]);
  });
});

describe('words of the history', () => {
  const line = (what: string, reason: string) => ({ number: 1, at: '', what, method: 'ssh-key', credential: '', address: '', browser: '', reason });
  it('are ours where we have some, and else the server’s', () => {
    expect([methodName('ssh-key'), methodName('constructor'), outcomeName('ended'), outcomeName('toString')]).toEqual(['SSH key', 'constructor', 'Signed out', 'toString']);
    expect([reasonName(line('ended', 'ended-elsewhere')), reasonName(line('refused', 'signature-malformed'))]).toEqual(['from another browser', 'signature malformed']);
  });
  it('say from where, if that is known', () => {
    expect([from('Firefox on Linux', '192.0.2.7'), from('', '')]).toEqual(['Firefox on Linux from 192.0.2.7', 'An unknown browser']);
  });
});

describe('what a program may do', () => {
  it('is asked for one workspace or for all, and never wider than that', () => {
    const chosen = new Set(['workspace.read', 'workspace.create', 'nonsense']);
    expect(scopesOf(chosen, '')).toEqual([{ verb: 'workspace.read' }, { verb: 'workspace.create' }]);
    expect(scopesOf(chosen, 'w1')).toEqual([{ verb: 'workspace.read', workspaceId: 'w1' }]);
  });
  it('ends', () => expect(expiryOf('7', Date.parse('2026-01-01T00:00:00Z'))).toBe('2026-01-08T00:00:00.000Z'));
});
