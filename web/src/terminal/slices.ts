// SPDX-License-Identifier: Apache-2.0

/** Bytes that xterm.js takes at once: between two writes it lets the page breathe, within one it does not. */
export const SLICE_BYTES = 2048;

/** What was written, in pieces of that size; one empty piece if it was nothing. */
export function slices(bytes: Uint8Array): Uint8Array[] {
  const count = Math.max(1, Math.ceil(bytes.length / SLICE_BYTES));
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * SLICE_BYTES, (i + 1) * SLICE_BYTES));
}
