// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Command } from './commands';

/** What can be done only where somebody is, said by what is shown there. */
export class Offered {
  private all: readonly Command[] = [];
  private readonly listeners = new Set<() => void>();

  readonly get = (): readonly Command[] => this.all;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Until the answer is called. */
  offer(commands: readonly Command[]): () => void {
    this.set([...this.all, ...commands]);
    return () => this.set(this.all.filter((command) => !commands.includes(command)));
  }

  private set(all: readonly Command[]): void {
    this.all = all;
    for (const listener of this.listeners) listener();
  }
}

const offered = new Offered();

export function useOffered(): readonly Command[] {
  return useSyncExternalStore(offered.subscribe, offered.get);
}

/** Offers them while the caller is shown; offered anew only as their ids or texts change, run as they are by then. */
export function useOffers(commands: readonly Command[]): void {
  const latest = useRef(commands);
  latest.current = commands;
  const shape = JSON.stringify(commands.map(({ id, text, also }) => [id, text, also]));
  useEffect(() => {
    const run = (id: string) => () => latest.current.find((command) => command.id === id)?.run();
    return offered.offer(latest.current.map((command) => ({ ...command, run: run(command.id) })));
  }, [shape]);
}
