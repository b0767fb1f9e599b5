// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { adviceFor, webhookWords } from '../src/audit/alerts';
import { NO_FILTER, query } from '../src/audit/ledger';
import { kindName, signInOf } from '../src/audit/words';

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

describe('words of the ledger', () => {
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
});

describe('words of alerts', () => {
  it('say what to do where this page knows the rule', () => {
    expect(adviceFor('audit-gap')).toMatch(/verify/);
    expect([adviceFor('something-new'), adviceFor('constructor')]).toEqual(['', '']);
    expect([webhookWords('none'), webhookWords('given-up')]).toEqual(['', 'the webhook did not take it']);
  });
});
