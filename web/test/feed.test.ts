// SPDX-License-Identifier: Apache-2.0
import headless from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { Feed, TAIL_BYTES, type Sink } from '../src/terminal/feed';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Parses as told, and a byte takes as long as the test says. */
class SlowSink implements Sink {
  shown = '';
  quiet = '';
  msPerByte = 0;
  now = 0;
  private isReplay = false;
  private waiting: [Uint8Array | string, () => void][] = [];
  write(written: Uint8Array | string, parsed: () => void) {
    this.waiting.push([written, parsed]);
  }
  alternate() {
    return false;
  }
  replaying(now: boolean) {
    this.isReplay = now;
  }
  parseOne() {
    const [written, parsed] = this.waiting.shift()!;
    const text = typeof written === 'string' ? written : new TextDecoder('latin1').decode(written);
    this.now += written.length * this.msPerByte;
    this.shown += text;
    if (this.isReplay) this.quiet += text;
    parsed();
  }
  parseAll() {
    while (this.waiting.length > 0) this.parseOne();
  }
}

const LINE = 'a line of thirty-two bytes, more\n';
const lines = (count: number) => Array.from({ length: count }, (_, i) => LINE.replace('a line', `${i}`)).join('');
const NOTE = /\[\d+ KiB took too long to show and were left out here\]/;
/** Eight bytes a millisecond: what a hostile program's output takes. */
const HOSTILE = 1 / 8;

describe('what is written to a terminal', () => {
  const make = (msPerByte: number) => {
    const sink = new SlowSink();
    sink.msPerByte = msPerByte;
    return { sink, feed: new Feed(sink, () => sink.now) };
  };

  it('is all of a replay where that is quick, and is shown without answers', () => {
    const { sink, feed } = make(1 / 1000);
    const old = lines(8_000);
    feed.write(bytes(old), 0, () => {});
    feed.write(bytes('new'), null, () => {});
    sink.parseAll();
    expect(sink.shown).toBe(`${old}new`);
    expect(sink.quiet).toBe(old);
  });
  it('is the end of a replay that would take long, in less than a second, with a line that says so', () => {
    const { sink, feed } = make(HOSTILE);
    const old = lines(8_000);
    feed.write(bytes(old), 0, () => {});
    sink.parseAll();
    expect(sink.shown).toMatch(NOTE);
    expect(sink.shown.endsWith(old.slice(-TAIL_BYTES / 2))).toBe(true);
    expect(sink.now).toBeLessThan(1_000);
  });
  it('is the same where a replay arrives in pieces', () => {
    const { sink, feed } = make(HOSTILE);
    const old = bytes(lines(8_000));
    for (let at = 0; at < old.length; at += 10_000) {
      feed.write(old.subarray(at, at + 10_000), Math.max(0, old.length - at - 10_000), () => {});
      sink.parseAll();
    }
    feed.write(bytes('$ '), null, () => {});
    sink.parseAll();
    expect(sink.shown.match(new RegExp(NOTE, 'g'))).toHaveLength(1);
    expect(sink.shown.endsWith(`${lines(8_000).slice(-TAIL_BYTES / 2)}$ `)).toBe(true);
    expect(sink.now).toBeLessThan(1_000);
  });
  it('goes on where a line or a sequence begins', () => {
    const { sink, feed } = make(HOSTILE);
    feed.write(bytes(`${'x'.repeat(100_000)}\u001b[1mend`), 0, () => {});
    sink.parseAll();
    expect(sink.shown).toMatch(/left out here\]\u001b\[0m\r\n\u001b\[1mend$/);
  });
  it('is never left out where it is new, however long it takes', () => {
    const { sink, feed } = make(HOSTILE);
    feed.write(bytes(lines(100)), 0, () => {});
    feed.write(bytes(lines(8_000)), null, () => {});
    sink.parseAll();
    expect(sink.shown).toBe(lines(100) + lines(8_000));
  });
  it('is told of when it is done, in order, also what was left out or forgotten', () => {
    const { sink, feed } = make(HOSTILE);
    const done: number[] = [];
    for (let i = 0; i < 20; i++) feed.write(bytes(lines(400)), (19 - i) * 400 * LINE.length, () => done.push(i));
    feed.write(bytes('new'), null, () => done.push(20));
    sink.parseAll();
    expect(done).toEqual(Array.from({ length: 21 }, (_, i) => i));
    feed.write(bytes(lines(4_000)), 0, () => done.push(21));
    feed.write(bytes('new'), null, () => done.push(22));
    sink.parseOne();
    feed.clear();
    sink.parseAll();
    expect(done.slice(21).sort()).toEqual([21, 22]);
  });
  it.each(['\u001b[24S\u001b[24T\u001b[24L\u001b[24M', '\u001bc', '\u001b#8', '\u001b[?1049h\u001b[?1049l', 'A\u001b[1000b'])(
    'shows a prompt behind a quarter of a MiB of %j before long',
    async (hostile) => {
      const terminal = new headless.Terminal({ allowProposedApi: true, cols: 140, rows: 40, scrollback: 10_000 });
      const feed = new Feed({
        write: (written, parsed) => terminal.write(written, parsed),
        alternate: () => terminal.buffer.active.type === 'alternate',
        replaying: () => {},
      });
      const start = performance.now();
      await new Promise<void>((resolve) => {
        feed.write(bytes(`${hostile.repeat((256 * 1024) / hostile.length)}\u001b[!p\u001b[H\u001b[2J[locked]\r\n$ `), 0, resolve);
      });
      expect(performance.now() - start).toBeLessThan(4_000);
      const { active } = terminal.buffer;
      expect(active.type).toBe('normal');
      expect(active.getLine(active.baseY + active.cursorY)?.translateToString(true).trim()).toBe('$');
      terminal.dispose();
    },
  );
});
