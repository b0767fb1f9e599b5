// SPDX-License-Identifier: Apache-2.0
import { backoffMs } from '../terminal/backoff';
import type { Session } from './types';

interface Handlers {
  session(session: Session): void;
  other(): void;
  live(live: boolean): void;
}

interface Event {
  readonly type?: string;
  readonly session?: Session;
}

const NAMES = ['message', 'session', 'workspace'];

/** Follows /api/events and comes back by itself, also after answers that EventSource gives up on. */
export function openEvents(handlers: Handlers): () => void {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;

  const take = (message: MessageEvent<string>): void => {
    const event = parse(message.data);
    if (event?.session?.id && event.session.workspaceId && event.session.state) handlers.session(event.session);
    else handlers.other();
  };
  const connect = (): void => {
    source = new EventSource('/api/events');
    for (const name of NAMES) source.addEventListener(name, take as EventListener);
    source.onopen = () => {
      attempt = 0;
      handlers.live(true);
    };
    source.onerror = () => {
      source?.close();
      handlers.live(false);
      // A 401 shows up here without its status; the refresh finds out.
      handlers.other();
      retry = setTimeout(connect, backoffMs(attempt++));
    };
  };
  connect();
  return () => {
    clearTimeout(retry);
    source?.close();
  };
}

function parse(data: string): Event | null {
  try {
    return JSON.parse(data) as Event;
  } catch {
    return null;
  }
}
