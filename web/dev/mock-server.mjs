// SPDX-License-Identifier: Apache-2.0
// For looking at the pages without a stack: the API's shapes, no security. Loopback only, never shipped.
// node dev/mock-server.mjs [port] [idle seconds]; POST /mock/down and /mock/up play an outage, /mock/cut drops all sockets.
import { randomBytes, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { MockTerminal } from './mock-shell.mjs';

const port = Number(process.argv[2] ?? 8485);
const idleSeconds = Number(process.argv[3] ?? 600);
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const types = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
const workspaces = new Map();
const sessions = new Map();
const tickets = new Map();
const listeners = new Set();
let signedIn = false;
let down = false;
let spent = false;

const send = (res, status, body, type = 'application/json') => {
  res.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  res.end(body === undefined ? '' : JSON.stringify(body));
};
const problem = (res, status, slug, title, more = {}) =>
  send(res, status, { type: `https://cofferdam.dev/problems/${slug}`, title, status, id: randomUUID().slice(0, 8), ...more }, 'application/problem+json');
const shown = ({ id, workspaceId, state, reason, openedAt }) => ({ id, workspaceId, userId: 'u', sandboxId: 's', method: 'link', credential: '', address: '127.0.0.1', state, reason, openedAt, lockedAt: null });
const figures = (session) => ({ id: session.id, idleSeconds: idleSeconds - session.idle.left(), terminals: session.terminals.size, cpuPercent: Math.round(Math.random() * 120), memoryBytes: 190e6 });
const tell = (event) => listeners.forEach((res) => res.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function idleOf(session) {
  let deadline = Date.now() + idleSeconds * 1000;
  const idle = {
    left: () => Math.max(0, Math.round((deadline - Date.now()) / 1000)),
    frame: () => {
      const frame = Buffer.alloc(9);
      frame[0] = 0x85;
      frame.writeUInt32BE(idle.left(), 1);
      frame.writeUInt32BE(60, 5);
      return frame;
    },
    tell: () => session.terminals.forEach((one) => one.views.forEach((view) => view.send(idle.frame()))),
    reset: () => {
      deadline = Date.now() + idleSeconds * 1000;
      idle.tell();
    },
  };
  idle.timer = setInterval(() => (idle.left() === 0 ? lock(session, 'idle') : idle.tell()), 5000);
  return idle;
}

function lock(session, reason) {
  clearInterval(session.idle.timer);
  Object.assign(session, { state: 'LOCKED', reason });
  session.terminals.forEach((one) => one.close(4423, 'locked'));
  workspaces.get(session.workspaceId).openNow = false;
  tell({ type: 'session', session: shown(session) });
}

async function unlock(res, workspace) {
  if ([...sessions.values()].some((one) => one.workspaceId === workspace.id && one.state === 'ACTIVE')) {
    return problem(res, 409, 'session-already-open', 'This workspace is open already');
  }
  res.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
  const started = Date.now();
  for (const step of ['authorised', 'sandbox', 'key-released', 'mounted', 'cell-ready']) {
    await pause(workspace.name === 'slow' ? 900 : 60);
    if (workspace.name === 'damaged' && step === 'mounted') {
      return res.end(`${JSON.stringify({ problem: { type: 'x/workspace-damaged', title: 'The workspace is damaged', detail: 'Its canary file cannot be read, so nothing was opened.', status: 500, id: 'c0ffee12' } })}\n`);
    }
    res.write(`${JSON.stringify({ step, ms: Date.now() - started })}\n`);
  }
  const session = { id: randomUUID(), workspaceId: workspace.id, state: 'ACTIVE', reason: null, openedAt: new Date().toISOString(), terminals: new Map(), count: 0 };
  session.idle = idleOf(session);
  sessions.set(session.id, session);
  Object.assign(workspace, { openNow: true, lastOpenedAt: session.openedAt, lastOpenedBy: 'u' });
  res.end(`${JSON.stringify({ session: shown(session) })}\n`);
  tell({ type: 'session', session: shown(session) });
}

const routes = [
  ['POST', /^\/mock\/(down|up|cut|warn)$/, (res, _b, what) => {
    if (what === 'cut') wss.clients.forEach((client) => client.terminate());
    else down = what === 'down';
    if (down) listeners.forEach((one) => one.destroy());
    send(res, 204);
  }],
  ['POST', /^\/api\/sign-in$/, (res, body) => {
    if (body.token !== 'once' || spent) return problem(res, 410, 'link-spent', 'This link was used already');
    signedIn = true;
    send(res, 204);
  }],
  ['GET', /^\/api\/me$/, (res) => send(res, 200, { user: { id: 'u', name: 'owner' }, version: '0.1.0' })],
  ['POST', /^\/api\/sign-out$/, (res) => (res.setHeader('Clear-Site-Data', '"storage"'), (signedIn = false), send(res, 204))],
  ['GET', /^\/api\/workspaces$/, (res) => send(res, 200, [...workspaces.values()])],
  ['POST', /^\/api\/workspaces$/, (res, body) => {
    if ([...workspaces.values()].some((one) => one.name === body.name)) {
      return problem(res, 400, 'invalid', 'Not a valid workspace', { errors: [{ field: 'name', rule: 'You have a workspace of this name already.' }] });
    }
    const workspace = { id: randomUUID(), name: body.name, createdAt: new Date().toISOString(), lastOpenedAt: null, lastOpenedBy: null, openNow: false, initialised: false };
    workspaces.set(workspace.id, workspace);
    send(res, 201, workspace);
    tell({ type: 'workspace', workspace });
  }],
  ['DELETE', /^\/api\/workspaces\/([\w-]+)$/, (res, _b, id) => {
    workspaces.delete(id);
    send(res, 200, { transitKeyDeleted: true, wrappedKeyDeleted: true, ciphertext: 'requested' });
  }],
  ['POST', /^\/api\/workspaces\/([\w-]+)\/warm$/, (res) => send(res, 202)],
  ['POST', /^\/api\/workspaces\/([\w-]+)\/unlock$/, (res, _b, id) => unlock(res, workspaces.get(id))],
  ['GET', /^\/api\/sessions$/, (res) => send(res, 200, [...sessions.values()].filter((one) => one.state === 'ACTIVE').map(shown))],
  ['GET', /^\/api\/session-figures$/, (res) => send(res, 200, [...sessions.values()].filter((one) => one.state === 'ACTIVE').map(figures))],
  ['POST', /^\/api\/sessions\/([\w-]+)\/lock$/, async (res, _b, id) => {
    await pause(150);
    lock(sessions.get(id), 'user');
    send(res, 200, shown(sessions.get(id)));
  }],
  ['GET', /^\/api\/sessions\/([\w-]+)\/terminals$/, (res, _b, id) =>
    send(res, 200, [...sessions.get(id).terminals.values()].map((one) => ({ id: one.id, title: null, cols: one.cols, rows: one.rows, running: one.running })))],
  ['POST', /^\/api\/sessions\/([\w-]+)\/terminals$/, (res, _b, id) => {
    const session = sessions.get(id);
    const number = (session.count += 1);
    session.terminals.set(String(number), new MockTerminal(number, session.idle));
    send(res, 201, { id: number });
  }],
  ['DELETE', /^\/api\/sessions\/([\w-]+)\/terminals\/(\d+)$/, (res, _b, id, number) => {
    sessions.get(id).terminals.get(number)?.exit(0);
    sessions.get(id).terminals.delete(number);
    send(res, 204);
  }],
  ['POST', /^\/api\/sessions\/([\w-]+)\/terminals\/(\d+)\/tickets$/, (res, _b, id, number) => {
    const terminal = sessions.get(id)?.terminals.get(number);
    if (!terminal) return problem(res, 404, 'not-found', 'No such terminal');
    const ticket = randomBytes(16).toString('base64url');
    tickets.set(ticket, terminal);
    send(res, 201, { ticket, expiresAt: new Date(Date.now() + 30_000).toISOString() });
  }],
];

function file(res, path) {
  const asset = path.startsWith('/assets/') ? join(dist, path) : null;
  if (asset && existsSync(asset)) {
    res.writeHead(200, { 'Content-Type': types[extname(asset)], 'Cache-Control': 'max-age=31536000, immutable' });
    return createReadStream(asset).pipe(res);
  }
  const nonce = randomBytes(16).toString('base64');
  res.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self'; font-src 'self'; connect-src 'self' ws://localhost:${port}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'`,
  });
  return res.end(readFileSync(join(dist, 'index.html'), 'utf8').replaceAll('__CSP_NONCE__', nonce));
}

async function answer(req, res) {
  const path = new URL(req.url, 'http://localhost').pathname;
  if (!path.startsWith('/api/') && !path.startsWith('/mock/')) return file(res, path);
  if (down && path !== '/mock/up') return problem(res, 503, 'dependency-down', 'The vault does not answer', { detail: 'It is sealed or restarting. Open workspaces can still be locked.' });
  if (!signedIn && path !== '/api/sign-in' && !path.startsWith('/mock/')) return problem(res, 401, 'not-signed-in', 'Not signed in');
  if (path === '/api/events') {
    res.writeHead(200, { 'Content-Type': 'text/event-stream' });
    res.write(': hello\n\n');
    listeners.add(res);
    return req.on('close', () => listeners.delete(res));
  }
  let text = '';
  for await (const part of req) text += part;
  for (const [method, pattern, run] of routes) {
    const match = pattern.exec(path);
    if (match && method === req.method) return run(res, text ? JSON.parse(text) : {}, ...match.slice(1));
  }
  return problem(res, 404, 'not-found', 'Nothing is here');
}

const server = createServer((req, res) => void answer(req, res));
const wss = new WebSocketServer({ noServer: true, perMessageDeflate: false });
server.on('upgrade', (req, socket, head) => {
  const ticket = new URL(req.url, 'http://localhost').searchParams.get('ticket');
  const terminal = tickets.get(ticket);
  tickets.delete(ticket);
  if (!terminal || down) return socket.destroy();
  return wss.handleUpgrade(req, socket, head, (client) => terminal.attach(client));
});
server.listen(port, '127.0.0.1', () => console.log(`http://localhost:${port}/sign-in#once`));
