// SPDX-License-Identifier: Apache-2.0
import type { SessionFigures } from '../api/identity';

const MINUTE = 60;
const HOUR = 3_600;

/** The server's word is some seconds old. */
const IN_USE_SECONDS = 15;

/** "In use", "Idle for 40 s", "Idle for 4 min", "Idle for 2 h 5 min" */
export function idleWords(seconds: number): string {
  if (seconds < IN_USE_SECONDS) return 'In use';
  if (seconds < MINUTE) return `Idle for ${Math.floor(seconds / 5) * 5} s`;
  if (seconds < HOUR) return `Idle for ${Math.floor(seconds / MINUTE)} min`;
  const minutes = Math.floor((seconds % HOUR) / MINUTE);
  return `Idle for ${Math.floor(seconds / HOUR)} h${minutes > 0 ? ` ${minutes} min` : ''}`;
}

export function terminalWords(number: number): string {
  return number === 0 ? 'No terminal' : number === 1 ? '1 terminal' : `${number} terminals`;
}

/** In millions of bytes, as disks and lists of processes count. */
export function memoryWords(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}

/** A number that changes all the time: what it is of, and in words, or null where nobody can tell. */
export interface Figure {
  readonly name: string;
  /** Whether the words make no sense without the name. */
  readonly named: boolean;
  readonly words: string | null;
}

function put(name: string, named: boolean, value: number | null | undefined, words: (value: number) => string): Figure {
  return { name, named, words: value === null || value === undefined ? null : words(value) };
}

export function figuresOf(figures: SessionFigures | undefined): readonly Figure[] {
  return [
    put('Idle time', false, figures?.idleSeconds, idleWords),
    put('Terminals', false, figures?.terminals, terminalWords),
    put('CPU', true, figures?.cpuPercent, (percent) => `${percent} %`),
    put('Memory', true, figures?.memoryBytes, memoryWords),
  ];
}
