// SPDX-License-Identifier: Apache-2.0

/** Half of what xterm.js takes for a whole blink. */
export const HALF_BLINK_MS = 500;

/**
 * Blinks the cursor of xterm.js's DOM renderer by a class on the element around it. Its own way, an animation of
 * colours, has the browser draw sixty frames a second of a terminal in which nothing happens.
 */
export class Blink {
  private timer: ReturnType<typeof setInterval> | undefined;
  private moved = false;

  constructor(private readonly classes: { toggle(name: string, force?: boolean): boolean }) {}

  start(): void {
    if (this.timer === undefined) this.timer = setInterval(() => this.turn(), HALF_BLINK_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.classes.toggle('cursor-off', false);
  }

  /** Where somebody types, the cursor can be seen. */
  show(): void {
    this.moved = true;
    this.classes.toggle('cursor-off', false);
  }

  private turn(): void {
    if (this.moved) this.moved = false;
    else this.classes.toggle('cursor-off');
  }
}
