// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BadFrame, decode, encode, NOTHING, type ClientFrame, type ServerFrame } from '../src/terminal/frames';

const golden = new URL('../../libs/terminal-protocol/src/test/resources/golden/', import.meta.url);
const hex = (name: string) => readFileSync(new URL(`${name}.hex`, golden), 'utf8').trim();
const bytes = (name: string) => Uint8Array.from(Buffer.from(hex(name), 'hex'));
const utf8 = (text: string) => new TextEncoder().encode(text);

const sent: Record<string, ClientFrame> = {
  input: { type: 'input', bytes: utf8('ls -l\r') },
  resize: { type: 'resize', cols: 120, rows: 40 },
  ack: { type: 'ack', offset: 2n ** 32n + 1n },
  stay: { type: 'stay' },
  ping: { type: 'ping', nonce: 42n },
  attach: { type: 'attach', offset: 1000n, cols: 80, rows: 24 },
  'attach-nothing': { type: 'attach', offset: NOTHING, cols: 80, rows: 24 },
};

const taken: Record<string, ServerFrame> = {
  output: { type: 'output', offset: 5_000_000_000n, bytes: utf8('grüß\n') },
  reset: { type: 'reset', offset: 0x200000n },
  attached: { type: 'attached', oldest: 10n, head: 0x20000an, cols: 80, rows: 24 },
  exited: { type: 'exited', code: 130 },
  status: { type: 'status', idleSecondsLeft: 581, warnSeconds: 60 },
  pong: { type: 'pong', nonce: 42n },
  resized: { type: 'resized', cols: 100, rows: 30 },
  closed: { type: 'closed', closeCode: 4423, reason: 'the workspace was locked' },
};

/** Between gateway and agent only; a browser never sends or takes them. */
const inside = ['refused', 'close-terminal', 'create-terminal', 'done', 'enter', 'failed', 'list-terminals', 'lock', 'open', 'open-terminal', 'renew', 'renewed', 'renewed-doing', 'renewed-storage', 'step', 'terminals'];

describe('golden vectors', () => {
  it.each(Object.entries(sent))('writes %s', (name, frame) => {
    expect(Buffer.from(encode(frame)).toString('hex')).toBe(hex(name));
  });
  it.each(Object.entries(taken))('reads %s', (name, frame) => {
    expect(decode(bytes(name))).toEqual(frame);
  });
  it.each(inside)('refuses %s', (name) => {
    expect(() => decode(bytes(name))).toThrow(BadFrame);
  });
  it('knows every golden file', () => {
    const names = readdirSync(golden).map((file) => file.replace('.hex', ''));
    expect(names.sort()).toEqual([...Object.keys(sent), ...Object.keys(taken), ...inside].sort());
  });
  it.each(Object.keys(taken))('refuses a cut %s', (name) => {
    expect(() => decode(bytes(name).subarray(0, 2))).toThrow(BadFrame);
  });
});
