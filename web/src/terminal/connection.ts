// SPDX-License-Identifier: Apache-2.0
import { backoffMs } from './backoff';
import { decode, encode, NOTHING, SUBPROTOCOL, type ClientFrame, type ServerFrame } from './frames';
import { isReport } from './reports';

export type Link =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly roundTripMs: number | null }
  | { readonly kind: 'reconnecting'; readonly attempt: number }
  | { readonly kind: 'ended'; readonly ending: Ending };

/** Why a view is over for good. `exited` carries the shell's exit code. */
export type Ending =
  | { readonly kind: 'exited'; readonly code: number }
  /** `certain` if the sandbox said so itself: then nothing of it is left. */
  | { readonly kind: 'locked'; readonly reason: string; readonly certain: boolean }
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly code: number; readonly reason: string };

/** Of what was typed: the last of it may be lost with a line, or some was surely not sent. */
export type Untaken = 'maybe' | 'some';

/**
 * Where output goes. `done` is called once the screen has taken the bytes in, not when they were queued.
 * `replayLeft` is how many bytes of what is shown again come after these, null where they are new.
 */
export interface Screen {
  size(): { cols: number; rows: number };
  write(bytes: Uint8Array, replayLeft: number | null, done: () => void): void;
  reset(): void;
  resized(cols: number, rows: number): void;
}

export interface Events {
  link(link: Link): void;
  status(idleSecondsLeft: number, warnSeconds: number): void;
  /** Null once something typed was taken again. */
  untaken(untaken: Untaken | null): void;
}

/** The part of WebSocket that is used, so that tests can stand in for it. */
export interface Wire {
  binaryType: string;
  readonly readyState: number;
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(bytes: Uint8Array<ArrayBuffer>): void;
  close(code?: number): void;
}

export interface Dialer {
  ticket(): Promise<string>;
  open(ticket: string): Wire;
}

const ACK_EVERY_BYTES = 128n * 1024n;
/** Half of what a frame may carry; keeps a large paste from ever reaching the cap. */
const INPUT_CHUNK_BYTES = 32 * 1024;
const PING_EVERY_MS = 5_000;
/** Three missed answers: a dead network closes no socket by itself. */
const SILENT_FOR_MS = 16_000;

type Moment = { readonly steady: number; readonly wall: number };
const now = (): Moment => ({ steady: performance.now(), wall: Date.now() });
/**
 * By whichever clock says more: in several browsers the steady one stands still while a laptop sleeps,
 * and the other one can be set back. Set forth, it costs one line that is made again at once.
 */
const msSince = ({ steady, wall }: Moment): number => Math.max(performance.now() - steady, Date.now() - wall);

export function dialer(ticket: () => Promise<string>): Dialer {
  return {
    ticket,
    open: (value) => {
      const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
      return new WebSocket(`${scheme}://${location.host}/api/terminal?ticket=${encodeURIComponent(value)}`, SUBPROTOCOL);
    },
  };
}

/**
 * One view of one terminal. Owns the byte offsets: `received` is where the next byte belongs,
 * `written` how far the screen really is. After a cut it attaches with `received`, so that nothing is
 * missed and nothing shown twice. Everything runs on the page's one thread.
 */
export class TerminalConnection {
  private wire: Wire | null = null;
  private received: bigint | null = null;
  private written = 0n;
  private acknowledged = 0n;
  private replayUntil = 0n;
  private attempt = 0;
  private heardAt = now();
  private pingSentAt = 0;
  private nonce = 0n;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private pulse: ReturnType<typeof setInterval> | undefined;
  private over = false;
  private attached = false;
  private exitCode: number | null = null;
  private untaken: Untaken | null = null;
  /** Inputs so far, how many of them went before the last ping, and how many before one that was answered. */
  private inputs = 0;
  private pinged = 0;
  private heard = 0;

  constructor(
    private readonly dial: Dialer,
    private readonly screen: Screen,
    private readonly events: Events,
    /** True when this page has just created the terminal: its first output is then not a replay. */
    private readonly fresh: boolean,
    private readonly refusal: (error: unknown) => Ending | null = () => null,
  ) {}

  start(): void {
    this.events.link({ kind: 'connecting' });
    void this.connect();
  }

  /** Stops for good, says nothing more. */
  dispose(): void {
    this.over = true;
    clearTimeout(this.retry);
    this.drop();
  }

  get live(): boolean {
    return this.attached;
  }

  /** Sends what was typed. Returns false while there is nobody to take it. */
  input(bytes: Uint8Array): boolean {
    const typed = !isReport(bytes);
    if (!this.attached || this.wire?.readyState !== 1) {
      if (typed) this.tell('some');
      return false;
    }
    if (typed) {
      this.inputs += 1;
      this.tell(null);
    }
    for (let at = 0; at < bytes.length; at += INPUT_CHUNK_BYTES) {
      this.send({ type: 'input', bytes: bytes.subarray(at, at + INPUT_CHUNK_BYTES) });
    }
    return true;
  }

  /** The person has read it. */
  seen(): void {
    this.tell(null);
  }

  private tell(untaken: Untaken | null): void {
    if (this.over || this.untaken === untaken) return;
    this.untaken = untaken;
    this.events.untaken(untaken);
  }

  resize(cols: number, rows: number): void {
    if (this.attached) this.send({ type: 'resize', cols, rows });
  }

  stay(): void {
    if (this.attached) this.send({ type: 'stay' });
  }

  /** Tries at once instead of waiting out the back-off: the network is back, or someone asked. */
  hurry(): void {
    if (this.over || this.wire) return;
    clearTimeout(this.retry);
    this.attempt = 0;
    void this.connect();
  }

  private async connect(): Promise<void> {
    let ticket: string;
    try {
      ticket = await this.dial.ticket();
    } catch (error) {
      const ending = this.refusal(error);
      return ending ? this.end(ending) : this.later();
    }
    if (this.over || this.wire) return;
    this.open(this.dial.open(ticket));
  }

  private open(wire: Wire): void {
    this.wire = wire;
    wire.binaryType = 'arraybuffer';
    wire.onopen = () => {
      const { cols, rows } = this.screen.size();
      this.send({ type: 'attach', offset: this.received ?? NOTHING, cols, rows });
    };
    wire.onmessage = (event) => {
      if (this.wire === wire) this.take(event.data);
    };
    wire.onclose = (event) => {
      if (this.wire === wire) this.closed(event.code, event.reason);
    };
    this.heardAt = now();
    this.pulse = setInterval(() => this.beat(), PING_EVERY_MS);
  }

  private take(data: unknown): void {
    this.heardAt = now();
    let frame: ServerFrame;
    try {
      if (!(data instanceof ArrayBuffer)) throw new TypeError('text message');
      frame = decode(new Uint8Array(data));
    } catch {
      this.wire?.close(4400);
      return this.cut();
    }
    this.handle(frame);
  }

  private handle(frame: ServerFrame): void {
    switch (frame.type) {
      case 'attached':
        return this.onAttached(frame.head);
      case 'output':
        return this.onOutput(frame.offset, frame.bytes);
      case 'reset':
        return this.onReset(frame.offset);
      case 'exited':
        this.exitCode = frame.code;
        return;
      case 'status':
        return this.events.status(frame.idleSecondsLeft, frame.warnSeconds);
      case 'pong':
        if (frame.nonce === this.nonce) {
          this.heard = this.pinged;
          this.events.link({ kind: 'live', roundTripMs: Math.round(performance.now() - this.pingSentAt) });
        }
        return;
      case 'resized':
        return this.screen.resized(frame.cols, frame.rows);
      case 'closed':
        return this.closed(frame.closeCode, frame.reason);
    }
  }

  private onAttached(head: bigint): void {
    if (this.received === null && !this.fresh) this.replayUntil = head;
    this.attached = true;
    this.attempt = 0;
    this.events.link({ kind: 'live', roundTripMs: null });
    this.beat();
  }

  private onReset(offset: bigint): void {
    this.screen.reset();
    this.received = offset;
    this.written = offset;
    this.acknowledged = offset;
  }

  private onOutput(offset: bigint, bytes: Uint8Array): void {
    if (this.received === null) {
      this.received = offset;
      this.written = offset;
      this.acknowledged = offset;
    }
    if (offset > this.received) return this.cut();
    const known = this.received - offset;
    if (known >= BigInt(bytes.length)) return;
    const fresh = bytes.subarray(Number(known));
    const old = this.replayUntil > this.received ? this.replayUntil - this.received : 0n;
    const replayed = old < BigInt(fresh.length) ? Number(old) : fresh.length;
    this.write(fresh.subarray(0, replayed), Number(old) - replayed);
    this.write(fresh.subarray(replayed), null);
  }

  private write(bytes: Uint8Array, replayLeft: number | null): void {
    if (bytes.length === 0 || this.received === null) return;
    const end = this.received + BigInt(bytes.length);
    this.received = end;
    this.screen.write(bytes, replayLeft, () => this.wrote(end));
  }

  private wrote(end: bigint): void {
    if (end <= this.written) return;
    this.written = end;
    if (this.attached && end - this.acknowledged >= ACK_EVERY_BYTES) {
      this.acknowledged = end;
      this.send({ type: 'ack', offset: end });
    }
  }

  private beat(): void {
    if (msSince(this.heardAt) > SILENT_FOR_MS) return this.cut();
    if (!this.attached) return;
    this.nonce += 1n;
    this.pingSentAt = performance.now();
    this.pinged = this.inputs;
    this.send({ type: 'ping', nonce: this.nonce });
  }

  private send(frame: ClientFrame): void {
    if (this.wire?.readyState === 1) this.wire.send(encode(frame));
  }

  /** Gives up this socket and takes the way back: same offset, new ticket. */
  private cut(): void {
    this.drop();
    this.later();
  }

  private closed(code: number, reason: string): void {
    const ending = this.endingOf(code, reason);
    if (ending) this.end(ending);
    else this.cut();
  }

  private endingOf(code: number, reason: string): Ending | null {
    if (this.exitCode !== null || code === 1000) return { kind: 'exited', code: this.exitCode ?? 0 };
    if (code === 1008 || code === 4423) return { kind: 'locked', reason, certain: code === 4423 };
    if (code === 4404) return { kind: 'gone' };
    if (code === 4409 || code === 1003 || code === 1009) return { kind: 'refused', code, reason };
    return null;
  }

  private end(ending: Ending): void {
    if (this.over) return;
    this.over = true;
    this.drop();
    this.events.link({ kind: 'ended', ending });
  }

  private later(): void {
    if (this.over) return;
    this.events.link({ kind: 'reconnecting', attempt: this.attempt });
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.connect(), backoffMs(this.attempt));
    this.attempt += 1;
  }

  private drop(): void {
    clearInterval(this.pulse);
    if (this.attached && this.inputs > this.heard && this.untaken === null) this.tell('maybe');
    this.heard = this.pinged = this.inputs;
    this.attached = false;
    const wire = this.wire;
    this.wire = null;
    if (!wire) return;
    wire.onopen = wire.onmessage = wire.onclose = null;
    wire.close();
  }
}
