// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { reference } from '../build/reference.mjs';
import { grouped, groupTitle } from '../src/reference/reference';
import { VERB_GROUPS } from '../src/programs/verbs';

const { routes, elsewhere } = reference();

describe('the API reference', () => {
  it('has every route with what it says of itself', () => {
    const create = routes.find((route) => route.method === 'POST' && route.path === '/api/workspaces');
    expect(create?.summary).not.toBe('');
    expect(create?.body.map((field) => field.name)).toEqual(['name']);
    expect(create?.answers.map((answer) => answer.status)).toContain('201');
    expect(routes.flatMap((route) => route.answers).filter((answer) => answer.description === '')).toEqual([]);
    expect(routes.every((route) => route.path.startsWith('/api/') && route.answers.length > 0)).toBe(true);
  });
  it('says who may, from the table that the server is tested against', () => {
    const list = routes.find((route) => route.method === 'GET' && route.path === '/api/workspaces');
    expect(list?.permission?.action).toBe('workspace.list');
    expect(list?.permission?.answers['Signed out']).toBe('401');
  });
  it('names the problems of every refusal, also where there is no route', () => {
    const refusals = [...routes.flatMap((route) => route.answers), ...elsewhere].filter((answer) => /^[45]/.test(answer.status));
    expect(refusals.filter((answer) => !/\([a-z][a-z, -]+\)$/.test(answer.description))).toEqual([]);
    expect(elsewhere.map((answer) => answer.status)).toEqual(expect.arrayContaining(['404', '405']));
    expect(routes.some((route) => route.path === '/api/terminal')).toBe(true);
  });
  it('is found by word', () => {
    expect([...grouped(routes, 'post WORKSPACES').keys()]).toEqual(['workspaces']);
    expect(grouped(routes, 'no such thing').size).toBe(0);
  });
  it('writes abbreviations as they are written', () => {
    expect(['api-keys', 'ssh-keys', 'capital'].map(groupTitle)).toEqual(['API keys', 'SSH keys', 'capital']);
  });
});

describe('what a key can be made for', () => {
  it('are actions of the server, each once', () => {
    const actions = new Set(routes.flatMap((route) => (route.permission ? [route.permission.action] : [])));
    const words = VERB_GROUPS.flatMap((group) => group.verbs).map((verb) => verb.word);
    expect(new Set(words).size).toBe(words.length);
    expect(words.filter((word) => !actions.has(word) && word !== 'session.read')).toEqual([]);
  });
});
