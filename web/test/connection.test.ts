// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { TerminalConnection, type Link, type Untaken, type Wire } from '../src/terminal/connection';
import { awayText, backText } from '../src/terminal/PaneNotice';
import { isReport } from '../src/terminal/reports';

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
  let untaken: (Untaken | null)[];
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
      { link: (link) => links.push(link), status: () => {}, untaken: (value) => untaken.push(value) },
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
    untaken = [];
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

  it('sends nothing that was typed without a line, neither then nor later, and says so until something is taken', async () => {
    const connection = make();
    connection.start();
    (await opened()).gives(attached(0n));
    wires.at(-1)!.breaks(1006);
    expect(connection.input(new TextEncoder().encode('rm -r x\r'))).toBe(false);
    expect(untaken).toEqual(['some']);
    const second = await opened();
    second.gives(attached(0n));
    expect(second.last(1)).toBeUndefined();
    expect(untaken).toEqual(['some']);
    connection.input(new TextEncoder().encode('l'));
    expect(second.last(1)?.slice(1)).toEqual(new TextEncoder().encode('l'));
    expect(untaken).toEqual(['some', null]);
  });

  it('says that the last may not have arrived where no answer came after it', async () => {
    const connection = make();
    connection.start();
    const wire = await opened();
    wire.gives(attached(0n));
    connection.input(new TextEncoder().encode('heard'));
    await vi.advanceTimersByTimeAsync(5_000);
    wire.gives(Uint8Array.from([0x86, ...wire.last(5)!.slice(1)]));
    wire.breaks(1006);
    expect(untaken).toEqual([]);
    const second = await opened();
    second.gives(attached(0n));
    connection.input(new TextEncoder().encode('perhaps'));
    second.breaks(1006);
    expect(untaken).toEqual(['maybe']);
    connection.input(new TextEncoder().encode('no'));
    connection.seen();
    expect(untaken).toEqual(['maybe', 'some', null]);
  });

  it('misses no report that nobody typed', async () => {
    const connection = make();
    connection.start();
    (await opened()).gives(attached(0n));
    wires.at(-1)!.breaks(1006);
    for (const report of ['\u001b[I', '\u001b[O', '\u001b[<35;10;4M', '\u001b[M #$', '\u001b[12;40R', '\u001b[?62;22c', '\u001b]10;rgb:0/0/0\u0007']) {
      expect(connection.input(new TextEncoder().encode(report)), JSON.stringify(report)).toBe(false);
    }
    expect(untaken).toEqual([]);
    for (const key of ['a', '\r', '\u001b', '\u001b[A', '\u001bOA', '\u001b[1;5C', '\u001b[3~', '\u001bO']) expect(isReport(key), JSON.stringify(key)).toBe(false);
  });

  it('promises no more of what is typed than it does', () => {
    expect(awayText(null)).toContain('What you type now is not sent');
    expect(awayText('some')).toContain('was not sent');
    expect(backText('some')).toContain('was not sent');
    expect(backText('maybe')).toContain('may not have arrived');
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
