// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { roomOf, roomWords, sizeWords, usedBy, usedWords, type Storage } from '../src/state/storage';

const GIB = 2 ** 30;
const of = (usedBytes: number, limitBytes: number, full = false): Storage => ({ usedBytes, limitBytes, workspaces: [{ workspaceId: 'a', usedBytes, full }] });

describe('storage', () => {
  it('is told in sizes that people know from the quota', () => {
    expect([sizeWords(0), sizeWords(1), sizeWords(340 * 2 ** 20), sizeWords(GIB), sizeWords(1.25 * GIB)]).toEqual(['0 MiB', '1 MiB', '340 MiB', '1 GiB', '1.3 GiB']);
    expect(usedWords(of(1.2 * GIB, 100 * GIB))).toBe('1.2 GiB of 100 GiB used');
    expect([usedBy(of(GIB, GIB), 'a'), usedBy(of(GIB, GIB), 'b'), usedBy(null, 'a')]).toEqual(['1 GiB', null, null]);
  });
  it('is near from nine tenths on, and full from the last byte on', () => {
    expect([roomOf(of(899, 1000)), roomOf(of(900, 1000)), roomOf(of(999, 1000)), roomOf(of(1000, 1000)), roomOf(of(0, 0))]).toEqual(['enough', 'near', 'near', 'full', 'full']);
  });
  it('is full where the sandbox says so', () => {
    expect([roomOf(of(1, 1000, true), 'a'), roomOf(of(1, 1000, true), 'b'), roomOf(of(1, 1000, true))]).toEqual(['full', 'enough', 'enough']);
  });
  it('says what to do, and nothing while there is enough or nobody knows', () => {
    expect([roomWords(null), roomWords(of(0, GIB))]).toEqual([null, null]);
    expect(roomWords(of(0.95 * GIB, GIB))).toContain('nearly full');
    expect(roomWords(of(GIB, GIB))).toMatch(/full: .*Delete files/);
  });
});
