// SPDX-License-Identifier: Apache-2.0
import { backoffMs } from '../terminal/backoff';
import type { Session } from './types';

interface Handlers {
  session(session: Session): void;
  /** What is open on the whole server is another. */
  openSessions(): void;
  /** Alerts have come or gone. */
  alerts(): void;
  /** The server is to be maintained, or no more. */
  maintenance(): void;
  /** Somebody has signed in as this person, or a key of theirs was added. */
  notices(): void;
  other(): void;
  live(live: boolean): void;
}

interface Event {
  readonly type?: string;
  readonly session?: Session;
}

/** Long enough that looking at another tab for a moment costs nothing. */
const HIDDEN_FOR_MS = 30_000;

/** Within five seconds after Kafka is back, this is as well. */
const LONGEST_PAUSE_MS = 3_000;

const NAMES = ['message', 'session', 'workspace', 'open-sessions', 'alerts', 'maintenance', 'notices'];

/** Follows /api/events and comes back by itself, also after answers that EventSource gives up on. */
export function openEvents(handlers: Handlers): () => void {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let hidden: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;

  const take = (message: MessageEvent<string>): void => {
    const event = parse(message.data);
    if (event?.session?.id && event.session.workspaceId && event.session.state) handlers.session(event.session);
    else if (event?.type === 'open-sessions') handlers.openSessions();
    else if (event?.type === 'alerts') handlers.alerts();
    else if (event?.type === 'maintenance') handlers.maintenance();
    else if (event?.type === 'notices') handlers.notices();
    else handlers.other();
  };
  const connect = (): void => {
    clearTimeout(retry);
    source?.close();
    source = new EventSource('/api/events');
    for (const name of NAMES) source.addEventListener(name, take as EventListener);
    source.onopen = () => {
      attempt = 0;
      handlers.live(true);
    };
    source.onerror = () => {
      source?.close();
      source = null;
      handlers.live(false);
      // A 401 shows up here without its status; the refresh finds out.
      handlers.other();
      retry = setTimeout(connect, backoffMs(attempt++, Math.random, LONGEST_PAUSE_MS));
    };
  };
  const stop = (): void => {
    clearTimeout(retry);
    source?.close();
    source = null;
  };
  const go = (): void => {
    clearTimeout(hidden);
    if (source) return;
    connect();
    handlers.other();
  };
  // Browsers have six connections for a server: pages that nobody sees, in tabs or behind "back", give theirs up.
  const onShow = (event: PageTransitionEvent): void => {
    if (event.persisted) go();
  };
  const onVisible = (): void => {
    if (!document.hidden) return go();
    hidden = setTimeout(stop, HIDDEN_FOR_MS);
  };
  addEventListener('offline', handlers.other);
  addEventListener('pagehide', stop);
  addEventListener('pageshow', onShow);
  document.addEventListener('visibilitychange', onVisible);
  connect();
  return () => {
    removeEventListener('offline', handlers.other);
    removeEventListener('pagehide', stop);
    removeEventListener('pageshow', onShow);
    document.removeEventListener('visibilitychange', onVisible);
    clearTimeout(hidden);
    stop();
  };
}

function parse(data: string): Event | null {
  try {
    return JSON.parse(data) as Event;
  } catch {
    return null;
  }
}
