// SPDX-License-Identifier: Apache-2.0

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400], ['hour', 3_600], ['minute', 60],
];

/** "3 days ago"; a clock that runs ahead of ours is "just now". */
export function ago(instant: string, now = Date.now()): string {
  const seconds = (now - Date.parse(instant)) / 1000;
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  for (const [unit, size] of UNITS) if (seconds >= size) return format.format(-Math.floor(seconds / size), unit);
  return 'just now';
}

/** "ends in 6 days", or "has ended". */
export function ends(instant: string, now = Date.now()): string {
  const seconds = (Date.parse(instant) - now) / 1000;
  if (seconds <= 0) return 'has ended';
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
  for (const [unit, size] of UNITS) if (seconds >= size) return `ends ${format.format(Math.round(seconds / size), unit)}`;
  return 'ends in less than a minute';
}

const EXACT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

export function exact(instant: string): string {
  return EXACT.format(new Date(instant));
}

const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });

/** The time of the day: "18:40". */
export function time(instant: string): string {
  return TIME.format(new Date(instant));
}

/** Seconds left of at most `most`; when the clocks differ by more than that, the server's is no help. */
export function secondsLeft(expiresAt: string, most: number, now = Date.now()): number {
  const left = (Date.parse(expiresAt) - now) / 1000;
  return left > 0 && left <= most + 5 ? Math.min(left, most) : most;
}
