// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Blink, HALF_BLINK_MS } from '../src/terminal/blink';

class Classes {
  private readonly names = new Set<string>();
  turns = 0;
  toggle(name: string, force = !this.names.has(name)) {
    if (force !== this.names.has(name)) this.turns++;
    if (force) this.names.add(name);
    else this.names.delete(name);
    return force;
  }
  get off() {
    return this.names.has('cursor-off');
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('turns the cursor off and on twice a second', () => {
  const classes = new Classes();
  const blink = new Blink(classes);
  blink.start();
  blink.start();
  vi.advanceTimersByTime(HALF_BLINK_MS);
  expect(classes.off).toBe(true);
  vi.advanceTimersByTime(HALF_BLINK_MS);
  expect(classes.off).toBe(false);
  vi.advanceTimersByTime(8 * HALF_BLINK_MS);
  expect(classes.turns).toBe(10);
});

it('shows the cursor where it moves', () => {
  const classes = new Classes();
  const blink = new Blink(classes);
  blink.start();
  vi.advanceTimersByTime(HALF_BLINK_MS);
  blink.show();
  expect(classes.off).toBe(false);
  vi.advanceTimersByTime(HALF_BLINK_MS);
  expect(classes.off).toBe(false);
  vi.advanceTimersByTime(HALF_BLINK_MS);
  expect(classes.off).toBe(true);
});

it('leaves the cursor shown and no timer behind', () => {
  const classes = new Classes();
  const blink = new Blink(classes);
  blink.start();
  vi.advanceTimersByTime(HALF_BLINK_MS);
  blink.stop();
  expect(classes.off).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});
