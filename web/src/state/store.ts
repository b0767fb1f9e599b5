// SPDX-License-Identifier: Apache-2.0
import { asProblem, call, Problem, stream } from '../api/http';
import type { Deletion, Me, Session, UnlockLine, Workspace } from '../api/types';
import { openEvents } from '../api/events';
import { changed, current, merged, warned } from './merging';
import { keepingPreferences } from './preferences';
import { works } from './roles';
import { isOpen } from './vault';

export interface Step {
  readonly name: string;
  readonly ms: number;
}

export interface Unlocking {
  readonly steps: readonly Step[];
  readonly startedAt: number;
  readonly problem: Problem | null;
}

export interface Idle {
  /** On performance.now()'s clock. */
  readonly deadline: number;
  readonly warnSeconds: number;
  /** When the sandbox itself said so, on the same clock. */
  readonly heardAt?: number;
}

/** Something that was asked for and did not work. */
export interface Failure {
  readonly what: string;
  readonly problem: Problem;
}

export interface State {
  readonly phase: 'loading' | 'signed-out' | 'down' | 'ready';
  readonly problem: Problem | null;
  readonly me: Me | null;
  readonly workspaces: readonly Workspace[] | null;
  /** The newest known session of each workspace, locked ones included: they carry the reason. */
  readonly sessions: ReadonlyMap<string, Session>;
  readonly unlocking: ReadonlyMap<string, Unlocking>;
  readonly idle: ReadonlyMap<string, Idle>;
  readonly locking: ReadonlySet<string>;
  /** Counts up as what is open on the whole server changes, for who may look at that. */
  readonly openSessionsTurn: number;
  /** Counts up as alerts come and go, for who may look at those. */
  readonly alertsTurn: number;
  /** Counts up as maintenance is planned, changed or over. */
  readonly maintenanceTurn: number;
  /** Counts up as there may be a new notice for this person. */
  readonly noticesTurn: number;
  /** False while the event stream is away and what is shown may be old. */
  readonly live: boolean;
  /** One sentence on what was just done, until it is dismissed. */
  readonly notice: string | null;
  /** What was last asked for from anywhere and failed, until it is dismissed. */
  readonly failure: Failure | null;
}

const START: State = {
  phase: 'loading', problem: null, me: null, workspaces: null, sessions: new Map(), unlocking: new Map(),
  idle: new Map(), locking: new Set(), openSessionsTurn: 0, alertsTurn: 0, maintenanceTurn: 0, noticesTurn: 0, live: false, notice: null, failure: null,
};

const REFRESH_AFTER_MS = 120;
const OPEN_SESSIONS_AFTER_MS = 250;
/** Within five seconds after a part is back, all is as before. */
const RETRY_AFTER_MS = 3_000;
const BELIEVED_AFTER_MS = 2_000;
/** The page says its real size when it shows the terminal. */
const FIRST_TERMINAL = { cols: 80, rows: 24 };
/** As the server says, of a workspace that is just being opened; no longer than an opening takes. */
const OPENING_AGAIN_AFTER_MS = 1_000;
const LONGEST_OPENING_MS = 20_000;

/** All that the page knows of the server, in one value; screens subscribe and never fetch by themselves. */
export class Store {
  private state = START;
  private readonly listeners = new Set<() => void>();
  private closeEvents: (() => void) | null = null;
  private refreshing: ReturnType<typeof setTimeout> | undefined;
  private readonly waits = new Map<string, AbortController>();
  private openSessionsChanged: ReturnType<typeof setTimeout> | undefined;

  readonly get = (): State => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  /** Signed in? Then load everything and follow the events. */
  async start(): Promise<void> {
    this.set({ phase: this.state.phase === 'ready' ? 'ready' : 'loading', problem: null });
    try {
      const me = await call<Me>('GET', '/api/me');
      this.set({ me });
      await this.load();
      this.set({ phase: 'ready' });
      this.follow();
    } catch (error) {
      this.fail(asProblem(error));
    }
  }

  private fail(problem: Problem): void {
    if (problem.status === 401) return this.signedOut();
    this.set({ phase: 'down', problem });
    this.refreshSoon(RETRY_AFTER_MS);
  }

  signedOut(): void {
    this.closeEvents?.();
    this.closeEvents = null;
    clearTimeout(this.refreshing);
    this.set({ ...START, phase: 'signed-out' });
  }

  async signOut(): Promise<void> {
    await keepingPreferences(() => call('POST', '/api/sign-out'));
    this.signedOut();
  }

  private async load(): Promise<void> {
    if (!works(this.state.me?.user.role)) {
      // Nothing to show, but it finds out whether they are signed in.
      return this.set({ me: await call<Me>('GET', '/api/me'), workspaces: [], problem: null });
    }
    const [workspaces, open] = await Promise.all([
      call<Workspace[]>('GET', '/api/workspaces'),
      call<Session[]>('GET', '/api/sessions'),
    ]);
    let idle = this.state.idle;
    for (const session of open) idle = warned(idle, this.state.sessions.get(session.workspaceId), session);
    const sessions = merged(this.state.sessions, open);
    this.set({ workspaces, sessions, idle, unlocking: current(this.state.unlocking, open), problem: null });
  }

  /** Loads again; many callers at once make one request. */
  refreshSoon(afterMs = REFRESH_AFTER_MS): void {
    clearTimeout(this.refreshing);
    this.refreshing = setTimeout(() => void this.refresh(), afterMs);
  }

  private async refresh(): Promise<void> {
    if (this.state.phase === 'down') return this.start();
    try {
      await this.load();
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status === 401) return this.signedOut();
      this.set({ problem });
      this.refreshSoon(RETRY_AFTER_MS);
    }
  }

  private follow(): void {
    this.closeEvents ??= openEvents({
      session: (session) => this.take(session),
      openSessions: () => this.openSessionsSoon(),
      alerts: () => this.lookAtAlerts(),
      maintenance: () => this.lookForMaintenance(),
      notices: () => this.lookForNotices(),
      other: () => this.refreshSoon(),
      live: (live) => {
        if (live && !this.state.live) {
          this.refreshSoon();
          this.openSessionsSoon();
          this.lookAtAlerts();
          this.lookForMaintenance();
          this.lookForNotices();
        }
        this.set({ live });
      },
    });
  }

  /** Many changes at once are one: at most one look in so long. */
  private openSessionsSoon(): void {
    this.openSessionsChanged ??= setTimeout(() => {
      this.openSessionsChanged = undefined;
      this.set({ openSessionsTurn: this.state.openSessionsTurn + 1 });
    }, OPEN_SESSIONS_AFTER_MS);
  }

  private lookAtAlerts(): void {
    this.set({ alertsTurn: this.state.alertsTurn + 1 });
  }

  private lookForMaintenance(): void {
    this.set({ maintenanceTurn: this.state.maintenanceTurn + 1 });
  }

  private lookForNotices(): void {
    this.set({ noticesTurn: this.state.noticesTurn + 1 });
  }

  /** A session as the server last said it; older words about a replaced session are ignored. */
  take(session: Session): void {
    const known = this.state.sessions.get(session.workspaceId);
    if (known && known.id !== session.id && (known.openedAt ?? '') > (session.openedAt ?? '')) return;
    if (known?.id === session.id && known.state === 'LOCKED' && session.state !== 'LOCKED') return;
    // An event does not say when its session ends; the server's list has.
    const whole = known?.id === session.id ? { ...session, endsAt: session.endsAt ?? known.endsAt ?? null } : session;
    this.set({
      sessions: new Map(this.state.sessions).set(session.workspaceId, whole),
      idle: warned(this.state.idle, known, session),
      unlocking: current(this.state.unlocking, [session]),
    });
    this.refreshSoon();
  }

  /** A terminal's own word that its sandbox has locked. The server tells why; it is believed if that takes long. */
  heardLocked(sessionId: string): void {
    this.refreshSoon();
    setTimeout(() => {
      const known = [...this.state.sessions.values()].find((session) => session.id === sessionId);
      if (known && known.state !== 'LOCKED') this.take({ ...known, state: 'LOCKED', reason: null });
    }, BELIEVED_AFTER_MS);
  }

  async create(name: string): Promise<Workspace> {
    const workspace = await call<Workspace>('POST', '/api/workspaces', { name });
    this.set({ workspaces: [...(this.state.workspaces ?? []).filter((other) => other.id !== workspace.id), workspace] });
    return workspace;
  }

  async remove(workspace: Workspace, name: string): Promise<Deletion> {
    const deletion = await call<Deletion>('DELETE', `/api/workspaces/${workspace.id}`, { name });
    this.set({ workspaces: (this.state.workspaces ?? []).filter((other) => other.id !== workspace.id) });
    return deletion ?? {};
  }

  /** A hint only: a box may be started ahead. Failing is of no consequence. */
  warm(workspaceId: string): void {
    call('POST', `/api/workspaces/${workspaceId}/warm`).catch(() => {});
  }

  async unlock(workspaceId: string): Promise<void> {
    if (this.state.unlocking.get(workspaceId)?.problem === null) return;
    const startedAt = performance.now();
    const wait = new AbortController();
    this.waits.set(workspaceId, wait);
    this.unlocking(workspaceId, { steps: [], startedAt, problem: null });
    try {
      await this.openOrTake(workspaceId, startedAt, wait.signal);
    } catch (error) {
      if (wait.signal.aborted) return;
      const problem = asProblem(error);
      if (problem.status === 401) return this.signedOut();
      const steps = this.state.unlocking.get(workspaceId)?.steps ?? [];
      this.unlocking(workspaceId, { steps, startedAt, problem });
      this.refreshSoon();
    }
  }

  /** The page waits no longer; whether the server goes on is its own affair, and is shown once it says so. */
  stopWaiting(workspaceId: string): void {
    this.waits.get(workspaceId)?.abort();
    this.unlocking(workspaceId, null);
    this.refreshSoon();
  }

  /** Another window of the same person may be quicker: what it opens is open here too. */
  private async openOrTake(workspaceId: string, startedAt: number, stop: AbortSignal): Promise<void> {
    for (;;) {
      try {
        return await this.followUnlock(workspaceId, startedAt, stop);
      } catch (error) {
        stop.throwIfAborted();
        const { slug } = asProblem(error);
        const opening = slug === 'session-opening';
        if (!opening && slug !== 'session-already-open') throw error;
        if (await this.takeOpen(workspaceId)) return;
        if (!opening || performance.now() - startedAt >= LONGEST_OPENING_MS) throw error;
        await new Promise((wake) => setTimeout(wake, OPENING_AGAIN_AFTER_MS));
        stop.throwIfAborted();
      }
    }
  }

  private async takeOpen(workspaceId: string): Promise<boolean> {
    const sessions = await call<Session[]>('GET', '/api/sessions');
    const open = sessions.find((session) => session.workspaceId === workspaceId && isOpen(session));
    if (open) this.opened(open);
    return open !== undefined;
  }

  private opened(session: Session): void {
    this.idle(session.workspaceId, null);
    this.set({ sessions: new Map(this.state.sessions).set(session.workspaceId, session) });
    this.unlocking(session.workspaceId, null);
    this.refreshSoon();
  }

  private async followUnlock(workspaceId: string, startedAt: number, stop: AbortSignal): Promise<void> {
    let session: Session | null = null;
    const onLine = (line: UnlockLine): void => {
      if ('problem' in line) throw new Problem(line.problem, line.problem.status ?? 500);
      if ('session' in line) session = line.session;
      if ('step' in line) this.step(workspaceId, { name: line.step, ms: line.ms ?? performance.now() - startedAt });
    };
    const path = `/api/workspaces/${workspaceId}/unlock`;
    await stream<UnlockLine>(path, onLine, AbortSignal.any([stop, AbortSignal.timeout(60_000)]), { terminal: FIRST_TERMINAL });
    if (!session) throw new Problem({ title: 'Unlocking stopped half way', detail: 'Nothing was left open. Try again.' }, 502);
    this.opened(session);
  }

  private step(workspaceId: string, step: Step): void {
    const now = this.state.unlocking.get(workspaceId);
    if (!now) return;
    // One that was asked again takes its steps again.
    const others = now.steps.filter((other) => other.name !== step.name);
    this.unlocking(workspaceId, { ...now, steps: [...others, step] });
  }

  private unlocking(workspaceId: string, value: Unlocking | null): void {
    this.set({ unlocking: changed(this.state.unlocking, workspaceId, value) });
  }

  async lock(session: Session): Promise<void> {
    this.set({ locking: new Set(this.state.locking).add(session.workspaceId) });
    try {
      const answer = await call<Session | undefined>('POST', `/api/sessions/${session.id}/lock`);
      this.take({ reason: 'user', ...session, ...answer, workspaceId: session.workspaceId, id: session.id, state: 'LOCKED' });
    } finally {
      const locking = new Set(this.state.locking);
      locking.delete(session.workspaceId);
      this.set({ locking });
      this.refreshSoon();
    }
  }

  notice(notice: string | null): void {
    this.set({ notice });
  }

  failed(failure: Failure | null): void {
    this.set({ failure });
  }

  /** The sandbox's own word on how long it stays open if nobody does anything. */
  idle(workspaceId: string, idle: Idle | null): void {
    this.set({ idle: changed(this.state.idle, workspaceId, idle) });
  }
}

export const store = new Store();
