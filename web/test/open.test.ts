// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EVERY_MS, SECOND_AFTER_MS, whileVisible, type Stage } from '../src/open/whileVisible';
import { figuresOf, idleWords, memoryWords, terminalWords } from '../src/open/words';

describe('figures of open sessions', () => {
  it('are said in words', () => {
    expect([0, 14, 15, 59, 60, 599, 3_599].map(idleWords)).toEqual(['In use', 'In use', 'Idle for 15 s', 'Idle for 55 s', 'Idle for 1 min', 'Idle for 9 min', 'Idle for 59 min']);
    expect([3_600, 7_500].map(idleWords)).toEqual(['Idle for 1 h', 'Idle for 2 h 5 min']);
    expect([0, 1, 32].map(terminalWords)).toEqual(['No terminal', '1 terminal', '32 terminals']);
    expect([0, 184_400_000, 5_000_000_000].map(memoryWords)).toEqual(['0 MB', '184 MB', '5000 MB']);
  });

  it('are missing where nobody can tell', () => {
    const words = (all: ReturnType<typeof figuresOf>) => all.map((one) => one.words);
    expect(words(figuresOf(undefined))).toEqual([null, null, null, null]);
    expect(words(figuresOf({ id: 's', idleSeconds: 70, terminals: 0, cpuPercent: 0, memoryBytes: null }))).toEqual(['Idle for 1 min', 'No terminal', '0 %', null]);
  });
});

class Page extends EventTarget {
  hidden = false;
  turn(hidden: boolean): void {
    this.hidden = hidden;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

describe('what is looked at while the page is seen', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function watched(page: Page) {
    const looks = { count: 0, stop: () => {} };
    looks.stop = whileVisible(async () => void looks.count++, page as unknown as Stage);
    return looks;
  }

  it('is looked at again and again', async () => {
    const looks = watched(new Page());
    expect(looks.count).toBe(1);
    await vi.advanceTimersByTimeAsync(SECOND_AFTER_MS);
    expect(looks.count).toBe(2);
    await vi.advanceTimersByTimeAsync(EVERY_MS * 3);
    expect(looks.count).toBe(5);
    looks.stop();
    await vi.advanceTimersByTimeAsync(EVERY_MS * 3);
    expect(looks.count).toBe(5);
  });

  it('is left alone while it is hidden, and looked at as it comes back', async () => {
    const page = new Page();
    const looks = watched(page);
    page.turn(true);
    await vi.advanceTimersByTimeAsync(EVERY_MS * 10);
    expect(looks.count).toBe(1);
    page.turn(false);
    expect(looks.count).toBe(2);
    await vi.advanceTimersByTimeAsync(SECOND_AFTER_MS);
    expect(looks.count).toBe(3);
    looks.stop();
    page.turn(false);
    expect(looks.count).toBe(3);
  });

  it('waits for an answer before it looks again', async () => {
    const page = new Page();
    let count = 0;
    let answer = (): void => {};
    const stop = whileVisible(() => new Promise((resolve) => { count++; answer = resolve; }), page as unknown as Stage);
    page.turn(false);
    await vi.advanceTimersByTimeAsync(EVERY_MS * 3);
    expect(count).toBe(1);
    answer();
    await vi.advanceTimersByTimeAsync(EVERY_MS);
    expect(count).toBe(2);
    stop();
  });
});
