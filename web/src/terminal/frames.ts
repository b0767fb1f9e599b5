// SPDX-License-Identifier: Apache-2.0
// One WebSocket message is one frame: u8 type, then the payload, big-endian. docs/terminal-protocol.md
// is the reference; the golden files beside the Java codec are read by this module's test as well.

export const SUBPROTOCOL = 'coffer.terminal.v1';

/** "I have nothing": the offset of a client that wants all that is retained. */
export const NOTHING = 0xffff_ffff_ffff_ffffn;

export const MAX_COLS = 1000;
export const MAX_ROWS = 500;

export type ClientFrame =
  | { readonly type: 'input'; readonly bytes: Uint8Array }
  | { readonly type: 'resize'; readonly cols: number; readonly rows: number }
  | { readonly type: 'ack'; readonly offset: bigint }
  | { readonly type: 'stay' }
  | { readonly type: 'ping'; readonly nonce: bigint }
  | { readonly type: 'attach'; readonly offset: bigint; readonly cols: number; readonly rows: number };

export type ServerFrame =
  | { readonly type: 'output'; readonly offset: bigint; readonly bytes: Uint8Array }
  | { readonly type: 'reset'; readonly offset: bigint }
  | { readonly type: 'attached'; readonly oldest: bigint; readonly head: bigint; readonly cols: number; readonly rows: number }
  | { readonly type: 'exited'; readonly code: number }
  | { readonly type: 'status'; readonly idleSecondsLeft: number; readonly warnSeconds: number }
  | { readonly type: 'pong'; readonly nonce: bigint }
  | { readonly type: 'resized'; readonly cols: number; readonly rows: number }
  | { readonly type: 'closed'; readonly closeCode: number; readonly reason: string };

export class BadFrame extends Error {}

function frame(type: number, payloadLength: number, fill: (view: DataView) => void): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(1 + payloadLength);
  bytes[0] = type;
  fill(new DataView(bytes.buffer, 1));
  return bytes;
}

export function encode(message: ClientFrame): Uint8Array<ArrayBuffer> {
  switch (message.type) {
    case 'input': {
      const bytes = new Uint8Array(1 + message.bytes.length);
      bytes[0] = 0x01;
      bytes.set(message.bytes, 1);
      return bytes;
    }
    case 'resize':
      return frame(0x02, 4, (view) => {
        view.setUint16(0, message.cols);
        view.setUint16(2, message.rows);
      });
    case 'ack':
      return frame(0x03, 8, (view) => view.setBigUint64(0, message.offset));
    case 'stay':
      return frame(0x04, 0, () => {});
    case 'ping':
      return frame(0x05, 8, (view) => view.setBigUint64(0, message.nonce));
    case 'attach':
      return frame(0x06, 12, (view) => {
        view.setBigUint64(0, message.offset);
        view.setUint16(8, message.cols);
        view.setUint16(10, message.rows);
      });
  }
}

/** A payload of exactly `length` bytes, or BadFrame. */
function exactly(message: Uint8Array, length: number): DataView {
  if (message.length !== length + 1) throw new BadFrame(`frame of ${message.length} bytes`);
  return new DataView(message.buffer, message.byteOffset + 1, length);
}

function atLeast(message: Uint8Array, length: number): DataView {
  if (message.length < length + 1) throw new BadFrame(`frame of ${message.length} bytes`);
  return new DataView(message.buffer, message.byteOffset + 1, length);
}

export function decode(message: Uint8Array): ServerFrame {
  switch (message[0]) {
    case 0x81:
      return { type: 'output', offset: atLeast(message, 8).getBigUint64(0), bytes: message.subarray(9) };
    case 0x82:
      return { type: 'reset', offset: exactly(message, 8).getBigUint64(0) };
    case 0x83: {
      const view = exactly(message, 20);
      const [oldest, head] = [view.getBigUint64(0), view.getBigUint64(8)];
      return { type: 'attached', oldest, head, cols: view.getUint16(16), rows: view.getUint16(18) };
    }
    case 0x84:
      return { type: 'exited', code: exactly(message, 4).getInt32(0) };
    case 0x85: {
      const view = exactly(message, 8);
      return { type: 'status', idleSecondsLeft: view.getUint32(0), warnSeconds: view.getUint32(4) };
    }
    case 0x86:
      return { type: 'pong', nonce: exactly(message, 8).getBigUint64(0) };
    case 0x87: {
      const view = exactly(message, 4);
      return { type: 'resized', cols: view.getUint16(0), rows: view.getUint16(2) };
    }
    case 0x88: {
      const closeCode = atLeast(message, 2).getUint16(0);
      return { type: 'closed', closeCode, reason: new TextDecoder().decode(message.subarray(3)) };
    }
    default:
      throw new BadFrame(`frame type ${message[0] ?? 'none'}`);
  }
}
