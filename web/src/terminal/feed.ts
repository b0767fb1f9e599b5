// SPDX-License-Identifier: Apache-2.0
import { slices } from './slices';

/** How the feed reaches the terminal. Callbacks run right after the bytes before them were parsed. */
export interface Sink {
  write(bytes: Uint8Array | string, parsed: () => void): void;
  /** Whether a program draws on the alternate screen, which has no scrollback. */
  alternate(): boolean;
  /** From now on, or no more, what is parsed is shown again and gets no answers. */
  replaying(now: boolean): void;
}

interface Slice {
  bytes: Uint8Array;
  readonly replay: boolean;
  readonly done: (() => void) | undefined;
}

/** Milliseconds of parsing after which a replay is looked at. */
const LOOK_AFTER_MS = 200;

/**
 * What has to be shown by then. Text and usual programs take a quarter of that time on a slow machine;
 * what is made to be slow (lines moved back and forth, one reset after the other) takes three times as long.
 */
const LEAST_BYTES = 32 * 1024;

/** Of a replay that is too slow this much is shown from its end: a screen, and what a lock says behind it. */
export const TAIL_BYTES = 2 * 1024;

const ESC = 0x1b;
const LINE_FEED = 0x0a;
const NOTHING = new Uint8Array();

/** As at the end of what a lock keeps: an open sequence, link, characters, colours, margins and modes end. */
const USUAL = '\u0018\u001b]8;;\u0007\u000f\u001b(B\u001b[!p\u001b[0m';

/**
 * What is written to one terminal, in order. A replay stands between a person and their prompt: if it
 * takes too long to show, all but its end is left out, and a line says so. Time is counted while the
 * terminal parses, so that other terminals, a busy page or one that nobody sees are no reason.
 */
export class Feed {
  private queue: Slice[] = [];
  private busy = false;
  private spentMs = 0;
  private shown = 0;
  /** Of the replay, after what has been queued. */
  private toCome = 0;
  private toDrop = 0;
  private dropped = 0;
  private seeking = false;

  constructor(
    private readonly sink: Sink,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @param replayLeft bytes of a replay that come after these; null for what is new */
  write(bytes: Uint8Array, replayLeft: number | null, done: () => void): void {
    const replay = replayLeft !== null;
    if (replay) this.toCome = replayLeft;
    const all = slices(replay ? this.cut(bytes) : bytes);
    if (!replay && !this.busy) {
      all.forEach((slice, i) => this.sink.write(slice, i === all.length - 1 ? done : () => {}));
      return;
    }
    all.forEach((slice, i) => this.queue.push({ bytes: slice, replay, done: i === all.length - 1 ? done : undefined }));
    if (!this.busy) this.next();
  }

  /** Forgets what has not been shown yet, as if it had been. */
  clear(): void {
    const forgotten = this.queue;
    this.queue = [];
    this.spentMs = this.shown = this.toCome = this.toDrop = this.dropped = 0;
    this.seeking = false;
    for (const slice of forgotten) slice.done?.();
  }

  private next(): void {
    const slice = this.queue.shift();
    this.busy = slice !== undefined;
    if (!slice) return;
    if (!slice.replay) return this.sink.write(slice.bytes, () => this.parsed(slice));
    let begun = 0;
    this.sink.write('', () => {
      this.sink.replaying(true);
      begun = this.now();
    });
    this.sink.write(slice.bytes, () => {
      this.sink.replaying(false);
      this.account(slice.bytes.length, this.now() - begun);
      this.parsed(slice);
    });
  }

  private parsed(slice: Slice): void {
    slice.done?.();
    this.next();
  }

  private account(bytes: number, ms: number): void {
    this.shown += bytes;
    this.spentMs += ms;
    if (this.spentMs < LOOK_AFTER_MS) return;
    const slow = this.shown < LEAST_BYTES;
    this.spentMs = this.shown = 0;
    if (slow && this.toDrop === 0) this.skip();
  }

  private skip(): void {
    const left = this.queue.reduce((sum, slice) => sum + (slice.replay ? slice.bytes.length : 0), this.toCome);
    if (left <= TAIL_BYTES) return;
    this.toDrop = left - TAIL_BYTES;
    this.dropped = 0;
    this.seeking = true;
    for (const slice of this.queue) if (slice.replay) slice.bytes = this.cut(slice.bytes);
  }

  /** Without what is to be dropped, up to where a line or a sequence begins. */
  private cut(bytes: Uint8Array): Uint8Array {
    if (!this.seeking) return bytes;
    const drop = Math.min(this.toDrop, bytes.length);
    this.toDrop -= drop;
    let from = drop;
    while (from < bytes.length && bytes[from] !== ESC && bytes[from - 1] !== LINE_FEED) from += 1;
    this.dropped += from;
    if (from === bytes.length) return NOTHING;
    this.seeking = false;
    return joined(this.curtain(), bytes.subarray(from));
  }

  private curtain(): Uint8Array {
    const leave = this.sink.alternate() ? '\u001b[?1049l' : '';
    const note = `[${Math.ceil(this.dropped / 1024)} KiB took too long to show and were left out here]`;
    return new TextEncoder().encode(`${USUAL}${leave}\r\n\u001b[2m${note}\u001b[0m\r\n`);
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const result = new Uint8Array(first.length + second.length);
  result.set(first);
  result.set(second, first.length);
  return result;
}
