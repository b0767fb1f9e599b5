// SPDX-License-Identifier: Apache-2.0
// Makes the page's API reference out of what the repository has anyway: the gateway's OpenAPI and the tables of docs/api.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
export const SOURCES = ['terminal-gateway/openapi.yaml', 'docs/api/permissions.md', 'docs/api/problems.md'].map(root);
const [OPENAPI, PERMISSIONS, PROBLEMS] = SOURCES;

export function reference() {
  const api = parse(readFileSync(OPENAPI, 'utf8'));
  const permissions = permissionsOf(read(PERMISSIONS));
  const routes = Object.entries(api.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => routeOf(api, permissions, method.toUpperCase(), path, item[method])),
  );
  const elsewhere = Object.entries(api['x-no-route']).map(([status, answer]) => answerOf(api, status, answer));
  return { routes, elsewhere, problems: rows(read(PROBLEMS)).map(([type, status, meaning, advice]) => ({ type: plain(type), status, meaning, advice })) };
}

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const plain = (text) => text.replaceAll('`', '');

function routeOf(api, permissions, method, path, operation) {
  return {
    method,
    path,
    summary: operation.summary ?? '',
    permission: permissions.get(`${method} ${path}`) ?? null,
    parameters: (operation.parameters ?? []).map((one) => ({ name: one.name, place: one.in, required: one.required === true })),
    body: fieldsOf(api, Object.values(operation.requestBody?.content ?? {})[0]?.schema),
    answers: Object.entries(operation.responses ?? {}).map(([status, answer]) => answerOf(api, status, answer)),
  };
}

/** Answers that many routes have stand once among the components. */
function answerOf(api, status, answer) {
  const said = answer.$ref ? api.components.responses[answer.$ref.split('/').pop()] : answer;
  return {
    status,
    description: said.description ?? '',
    types: typesIn(said).filter((type) => !said.description?.includes(type)),
    fields: status.startsWith('2') ? fieldsOf(api, Object.values(said.content ?? {})[0]?.schema) : [],
  };
}

/** Types of problems, as far as an answer's examples name them. */
function typesIn(answer) {
  const found = JSON.stringify(answer.content ?? {}).matchAll(/problems\/([a-z-]+)/g);
  return [...new Set([...found].map((match) => match[1]))];
}

/** Names and types of an object's fields, one level deep; an array says what is in it. */
function fieldsOf(api, schema) {
  const { resolved, list } = resolve(api, schema);
  return Object.entries(resolved?.properties ?? {}).map(([name, field]) => ({ name: list ? `[].${name}` : name, type: typeOf(api, field) }));
}

function resolve(api, schema, list = false) {
  if (schema?.$ref) return resolve(api, api.components.schemas[schema.$ref.split('/').pop()], list);
  if (schema?.type === 'array') return resolve(api, schema.items, true);
  return { resolved: schema, list };
}

function typeOf(api, field) {
  if (field.$ref) return typeOf(api, resolve(api, field).resolved ?? {});
  if (field.type === 'array') return `${typeOf(api, field.items ?? {})}[]`;
  if (field.properties) return `{ ${Object.keys(field.properties).join(', ')} }`;
  const types = [field.type ?? 'any'].flat().join(' | ');
  return field.format && field.format !== 'int32' && field.format !== 'int64' ? `${types} (${field.format})` : types;
}

/** Route -> its action, and how each kind of asker is answered. */
function permissionsOf(text) {
  const found = new Map();
  for (const cells of rows(text)) {
    const [route, action, , itsOwner, otherMember, admin, owner, auditor, keyWith, keyWithout, signedOut] = cells;
    const answers = { 'Who it belongs to': itsOwner, 'Another member': otherMember, Admin: admin, Owner: owner, Auditor: auditor, 'Key with the scope': keyWith, 'Key without': keyWithout, 'Signed out': signedOut };
    if (!found.has(plain(route))) found.set(plain(route), { action, answers });
  }
  return found;
}

/** The cells of each line of each table that begins with something in code style. */
function rows(text) {
  return text.split('\n').filter((line) => line.startsWith('| `')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
}
