// SPDX-License-Identifier: Apache-2.0

/**
 * The server has set its cookie: leaves the door for a document of its own. The old one can't forget the address that
 * it was opened with: a link's token stays in its navigation timing, and what was typed or pasted in its heap.
 */
export function entered(): void {
  location.replace('/');
}
