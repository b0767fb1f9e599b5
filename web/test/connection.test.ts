// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { TerminalConnection, type Link, type Wire } from '../src/terminal/connection';

class FakeWire implements Wire {
  binaryType = '';
  readyState = 1;
  sent: Uint8Array[] = [];
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  send(bytes: Uint8Array) {
    this.sent.push(bytes);
  }
  close() {
    this.readyState = 3;
  }
  gives(...bytes: Uint8Array[]) {
    for (const one of bytes) this.onmessage?.({ data: new Uint8Array(one).buffer } as MessageEvent);
  }
  breaks(code: number, reason = '') {
    this.onclose?.({ code, reason } as CloseEvent);
  }
  last(type: number) {
    return this.sent.filter((one) => one[0] === type).at(-1);
  }
}

const frame = (type: number, fill: (view: DataView) => void, length: number, tail: Uint8Array = new Uint8Array()) => {
  const result = new Uint8Array(1 + length + tail.length);
  result[0] = type;
  fill(new DataView(result.buffer, 1));
  result.set(tail, 1 + length);
  return result;
};
const output = (offset: bigint, text: string | Uint8Array) =>
  frame(0x81, (view) => view.setBigUint64(0, offset), 8, typeof text === 'string' ? new TextEncoder().encode(text) : text);
const reset = (offset: bigint) => frame(0x82, (view) => view.setBigUint64(0, offset), 8);
const exited = (code: number) => frame(0x84, (view) => view.setInt32(0, code), 4);
const attached = (head: bigint) => frame(0x83, (view) => view.setBigUint64(8, head), 20);

describe('a terminal connection', () => {
  let wires: FakeWire[];
  let links: Link[];
  let shown: string;
  let replayed: string;
  let ticket: () => Promise<string>;
  const make = (fresh = false) =>
    new TerminalConnection(
      { ticket: () => ticket(), open: () => (wires.push(new FakeWire()), wires.at(-1)!) },
      {
        size: () => ({ cols: 80, rows: 24 }),
        write: (bytes, replayLeft, done) => {
          const text = new TextDecoder('latin1').decode(bytes);
          shown += text;
          if (replayLeft !== null) replayed += text;
          done();
        },
        reset: () => (shown = ''),
        resized: () => {},
      },
      { link: (link) => links.push(link), status: () => {} },
      fresh,
    );
  const opened = async () => {
    await vi.advanceTimersByTimeAsync(6_000);
    wires.at(-1)!.onopen?.(new Event('open'));
    return wires.at(-1)!;
  };
  beforeEach(() => {
    vi.useFakeTimers();
    wires = [];
    links = [];
    shown = replayed = '';
    ticket = async () => 'once';
  });

  it('asks for everything at first, and comes back with the offset it has', async () => {
    make().start();
    const first = await opened();
    expect(first.last(6)?.slice(1, 9)).toEqual(new Uint8Array(8).fill(255));
    first.gives(attached(0n), output(0n, 'hello '));
    first.breaks(1006);
    const second = await opened();
    expect(new DataView(second.last(6)!.buffer, 1).getBigUint64(0)).toBe(6n);
    second.gives(attached(11n), output(6n, 'world'));
    expect(shown).toBe('hello world');
  });

  it('shows nothing twice when output overlaps', async () => {
    make().start();
    (await opened()).gives(attached(0n), output(0n, 'abcdef'), output(3n, 'defghi'), output(0n, 'abc'));
    expect(shown).toBe('abcdefghi');
  });

  it('does not paper over a gap but attaches again', async () => {
    make().start();
    (await opened()).gives(attached(0n), output(0n, 'abc'), output(9n, 'x'));
    expect(shown).toBe('abc');
    expect(links.at(-1)?.kind).toBe('reconnecting');
  });

  it('starts over where a reset says', async () => {
    make().start();
    (await opened()).gives(attached(0n), output(0n, 'old'), reset(500n), output(500n, 'new'));
    expect(shown).toBe('new');
  });

  it('acknowledges every 128 KiB that the screen has taken', async () => {
    make().start();
    const wire = await opened();
    wire.gives(attached(0n), output(0n, new Uint8Array(131_071)));
    expect(wire.last(3)).toBeUndefined();
    wire.gives(output(131_071n, 'x'));
    expect(new DataView(wire.last(3)!.buffer, 1).getBigUint64(0)).toBe(131_072n);
  });

  it('marks retained output as a replay, but not that of a terminal it has just made', async () => {
    make().start();
    (await opened()).gives(attached(4n), output(0n, 'pastnow'));
    expect(replayed).toBe('past');
    replayed = '';
    make(true).start();
    (await opened()).gives(attached(4n), output(0n, 'past'));
    expect(replayed).toBe('');
  });

  it('ends for good when locked, exited or gone, and comes back from everything else', async () => {
    for (const [code, kind] of [[1008, 'ended'], [4423, 'ended'], [4404, 'ended'], [1000, 'ended'], [4409, 'ended'], [1006, 'reconnecting'], [4401, 'reconnecting'], [4408, 'reconnecting'], [4503, 'reconnecting']] as const) {
      make().start();
      (await opened()).breaks(code);
      expect([code, links.at(-1)?.kind]).toEqual([code, kind]);
      vi.clearAllTimers();
    }
  });

  it('comes back when the server took its line for dead', async () => {
    make().start();
    const wire = await opened();
    wire.gives(attached(0n), output(0n, 'abc'));
    wire.breaks(4408);
    expect(new DataView((await opened()).last(6)!.buffer, 1).getBigUint64(0)).toBe(3n);
  });

  it('carries the exit code', async () => {
    make().start();
    const wire = await opened();
    wire.gives(attached(0n), exited(7));
    wire.breaks(1000);
    expect(links.at(-1)).toEqual({ kind: 'ended', ending: { kind: 'exited', code: 7 } });
  });

  it('gives up a silent socket', async () => {
    make().start();
    (await opened()).gives(attached(0n));
    await vi.advanceTimersByTimeAsync(21_000);
    expect(links.some((link) => link.kind === 'reconnecting')).toBe(true);
  });

  it('gives up a silent socket in time where the clock is set back, and no other', async () => {
    make().start();
    (await opened()).gives(attached(0n));
    vi.setSystemTime(Date.now() - 3_600_000);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(links.at(-1)?.kind).toBe('live');
    await vi.advanceTimersByTimeAsync(11_000);
    expect(links.some((link) => link.kind === 'reconnecting')).toBe(true);
  });

  it('gives up its socket at the first beat after a sleep through which the steady clock stood still', async () => {
    make().start();
    const wire = await opened();
    wire.gives(attached(0n));
    const steady = performance.now();
    vi.setSystemTime(Date.now() + 3_600_000);
    expect(performance.now()).toBe(steady);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(links.at(-1)).toEqual({ kind: 'reconnecting', attempt: 0 });
    expect(wire.readyState).toBe(3);
  });

  it('cuts long input into frames below the cap, and says when nobody takes it', async () => {
    const connection = make();
    connection.start();
    expect(connection.input(new Uint8Array(1))).toBe(false);
    const wire = await opened();
    wire.gives(attached(0n));
    expect(connection.input(new Uint8Array(100_000))).toBe(true);
    const parts = wire.sent.filter((one) => one[0] === 1);
    expect(parts.map((one) => one.length - 1)).toEqual([32768, 32768, 32768, 1696]);
  });

  it('tries again when a ticket cannot be had', async () => {
    ticket = () => Promise.reject(new Error('down'));
    make().start();
    await vi.advanceTimersByTimeAsync(1);
    expect(links.at(-1)).toEqual({ kind: 'reconnecting', attempt: 0 });
  });
});
