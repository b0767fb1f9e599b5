// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { adviceFor, webhookWords } from '../src/audit/alerts';
import { NO_FILTER, query } from '../src/audit/ledger';
import { detailWords, headline, keyOf, kindName, KINDS, reasonWords, REFUSED_THINGS, signInOf, whoseOf } from '../src/audit/words';
import { named, workspaceOptions } from '../src/audit/workspaces';

describe('a question to the ledger', () => {
  it('names only what is asked', () => {
    expect(query(NO_FILTER)).toBe('');
    expect(query({ ...NO_FILTER, outcome: 'refused' }, { before: '7' })).toBe('?before=7&outcome=refused');
  });
  it('means whole days of this device, the last one included', () => {
    const asked = new URLSearchParams(query({ ...NO_FILTER, from: '2026-03-01', to: '2026-03-01' }));
    expect(asked.get('from')).toBe(new Date(2026, 2, 1).toISOString());
    expect(asked.get('to')).toBe(new Date(2026, 2, 2).toISOString());
  });
  it('takes half a day for none', () => {
    expect(query({ ...NO_FILTER, from: '2026-03' })).toBe('');
  });
});

describe('workspaces of the ledger', () => {
  const created = (workspace: string, detail: string, actor: string) => ({ workspace, detail, actor }) as never;
  const [ann, bob, id] = ['a', 'b', '4199a252-8aa6-44e0-9783-6728664edf72'];
  it('are chosen by name, and asked for by id', () => {
    const all = named([created('w2', 'notes', ann), created('w1', 'code', ann), created('', 'nothing', ann)]);
    expect(workspaceOptions(all, [], '')).toEqual([{ value: '', text: 'All' }, { value: 'w1', text: 'code' }, { value: 'w2', text: 'notes' }]);
    expect(query({ ...NO_FILTER, workspace: 'w1' })).toBe('?workspace=w1');
  });
  it('are told apart where two have one name, and have their id where none is known', () => {
    const people = [{ id: ann, name: 'Ann' }] as never;
    const all = named([created('11111111-a', 'notes', ann), created('22222222-b', 'notes', bob)]);
    expect(workspaceOptions(all, people, id).map((one) => one.text)).toEqual(['All', id, 'notes (Ann, 11111111)', 'notes (22222222)']);
  });
});

describe('words of the ledger', () => {
  it('say of Vault and of an emergency what is the case', () => {
    const seal = { kind: 'refused', detail: 'vault-seal' };
    expect([headline(seal), detailWords(seal.kind, seal.detail), reasonWords('vault-refused')]).toEqual(['Vault was not sealed', '', 'Vault refused or did not answer']);
    const stop = { kind: 'emergency-stop-changed', detail: 'stopped' };
    expect([headline(stop), detailWords(stop.kind, stop.detail), reasonWords('sealing-asked-for')]).toEqual(['Emergency stop', 'all workspaces locked, everybody signed out', 'Vault is to be sealed as well']);
    expect([headline({ ...stop, detail: 'lifted' }), detailWords(stop.kind, 'lifted')]).toEqual(['Emergency stop lifted', '']);
    expect(headline({ kind: 'refused', detail: 'ssh-key-refused' })).toBe('Refused');
    expect(['user', 'lease-lost', 'constructor'].map(reasonWords)).toEqual(['by a person', 'lease lost', 'constructor']);
  });
  it('has some for kinds that this page does not know', () => {
    expect(kindName('session-locked')).toBe('Workspace locked');
    expect(kindName('something-new')).toBe('something new');
    expect(kindName('constructor')).toBe('constructor');
  });
  it('knows the sign-in where an entry tells of nothing else', () => {
    expect(signInOf('sign-in 4199a252-8aa6-44e0-9783-6728664edf72')).toBe('4199a252-8aa6-44e0-9783-6728664edf72');
    expect(signInOf('stopped')).toBe('');
    expect(signInOf('sign-in of a workspace named so')).toBe('');
  });
  it('knows whose session ended by itself, and its key', () => {
    const whose = '4199a252-8aa6-44e0-9783-6728664edf72';
    const signIn = '00000000-0000-4000-8000-000000000001';
    const detail = `of ${whose}, key SHA256:a, b, sign-in ${signIn}`;
    expect([whoseOf(detail), keyOf(detail), signInOf(detail)]).toEqual([whose, 'SHA256:a, b', signIn]);
    expect([whoseOf(`of ${whose}`), keyOf(`of ${whose}`), detailWords('session-locked', detail)]).toEqual([whose, '', '']);
    expect(whoseOf('of somebody')).toBe('');
  });
});

const PROJECT = new URL('../../', import.meta.url);
const SCHEMA = '.schema.json';

function schemas(): string[] {
  return readdirSync(new URL('docs/events/', PROJECT))
    .filter((name) => name.endsWith(SCHEMA))
    .map((name) => name.slice(0, -SCHEMA.length));
}

/** Words that services refuse by, as their sources have them. */
function refusedThings(): string[] {
  const sources = ['auth-service', 'session-service', 'workspace-service', 'terminal-gateway', 'libs'].flatMap((part) =>
    readdirSync(new URL(`${part}/`, PROJECT), { recursive: true, encoding: 'utf8' })
      .filter((name) => /(^|\/)src\/main\/.*\.java$/.test(name))
      .map((name) => readFileSync(new URL(`${part}/${name}`, PROJECT), 'utf8')),
  );
  const said = /Refusal\.of\(\s*"([a-z-]+)"|(?:REFUSED|OF_A_[A-Z]+) = "([a-z-]+)"|"([a-z-]+-refused)";|SecurityEvent\.Refused\(\s*UUID\.randomUUID\(\),\s*[\w.]+\(\),\s*"([a-z-]+)"/g;
  return [...new Set(sources.flatMap((text) => [...text.matchAll(said)].map((hit) => hit[1] ?? hit[2] ?? hit[3] ?? hit[4] ?? '')))];
}

describe('headlines of the ledger', () => {
  it('has one for each type of event in the reference', () => {
    const types = schemas();
    expect(types.length).toBeGreaterThan(10);
    expect(types.filter((type) => !Object.hasOwn(KINDS, type))).toEqual([]);
  });
  it('has words for whatever services refuse', () => {
    const things = refusedThings();
    expect(things).toContain('vault-seal');
    expect(things).toContain('key-refused');
    expect(things.filter((thing) => !Object.hasOwn(REFUSED_THINGS, thing))).toEqual([]);
  });
  it('says each action of the permissions in words', () => {
    const table = readFileSync(new URL('docs/api/permissions.md', PROJECT), 'utf8');
    const actions = [...table.matchAll(/^\| `[^`]+` \| ([a-z-]+\.[a-z]+) \|/gm)].map((row) => row[1] ?? '');
    expect(actions.length).toBeGreaterThan(50);
    expect(actions.filter((action) => !/^[a-zA-Z]+( [a-zA-Z]+)+$/.test(detailWords('refused', action)))).toEqual([]);
    expect(detailWords('others-seen', 'person-ssh-key.list')).toBe('SSH keys');
    expect(['people.list', 'person-storage.read', 'service-account.list', 'audit.read'].map((seen) => detailWords('others-seen', seen))).toEqual(['people', 'storage', 'service accounts', 'audit']);
  });
  it('keeps how often, and leaves alone what is not a word of ours', () => {
    expect(detailWords('refused', 'ssh-key-refused, 41 times')).toBe('SSH key, 41 times');
    expect(detailWords('workspace-created', 'vault-seal')).toBe('vault-seal');
    expect(detailWords('refused', 'constructor')).toBe('constructor');
    expect(detailWords('session-opening', 'sign-in 4199a252-8aa6-44e0-9783-6728664edf72')).toBe('');
  });
});

describe('words of alerts', () => {
  it('say what to do where this page knows the rule', () => {
    expect(adviceFor('audit-gap')).toMatch(/verify/);
    expect([adviceFor('something-new'), adviceFor('constructor')]).toEqual(['', '']);
    expect([webhookWords('none'), webhookWords('given-up')]).toEqual(['', 'the webhook did not take it']);
  });
});
