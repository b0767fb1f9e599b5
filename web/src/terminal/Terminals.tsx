// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useRef, useState } from 'react';
import { asProblem, call, type Problem } from '../api/http';
import type { Terminal } from '../api/types';
import { useOffers } from '../palette/offered';
import { roomWords } from '../state/storage';
import { store } from '../state/store';
import { useStorage } from '../state/useStorage';
import { stateLine, type VaultKind } from '../state/vault';
import { Cross, Ear, Find, Gate, Plus } from '../ui/icons';
import { ProblemNote } from '../ui/ProblemNote';
import { CloseTerminal, endTerminal } from './CloseTerminal';
import type { Ending, Link } from './connection';
import { KeyRow } from './KeyRow';
import { StickyKeys } from './stickyKeys';
import { terminalCommands } from './terminalCommands';
import { TerminalPane, type PaneHandle } from './TerminalPane';

interface Tab {
  readonly id: string;
  readonly number: number;
  readonly fresh: boolean;
  readonly title: string;
  readonly link: Link;
}

interface Props {
  workspaceId: string;
  sessionId: string;
  name: string;
  kind: VaultKind;
  left: number | null;
  /** At what time it locks whatever is done, once that is soon. */
  endsAt: string | null;
  locking: boolean;
  onLock: () => void;
}

const CONNECTING: Link = { kind: 'connecting' };
const READER = 'coffer.screen-reader';

/** The tabs of one open session. Unmounting closes views only; the terminals live on in the sandbox. */
export default function Terminals({ workspaceId, sessionId, name, kind, left, endsAt, locking, onLock }: Props) {
  const room = roomWords(useStorage(), workspaceId);
  const [tabs, setTabs] = useState<readonly Tab[] | null>(null);
  const [current, setCurrent] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [closing, setClosing] = useState('');
  const [searching, setSearching] = useState(false);
  const [reader, setReader] = useState(() => localStorage.getItem(READER) === 'on');
  const [keys] = useState(() => new StickyKeys());
  const panes = useRef(new Map<string, PaneHandle>());
  const base = `/api/sessions/${sessionId}/terminals`;
  const last = useRef({ cols: 80, rows: 24, numbers: 0 });

  const add = useCallback(async () => {
    setProblem(null);
    try {
      const { cols, rows } = last.current;
      const made = await call<{ id: number | string }>('POST', base, { cols, rows });
      const id = String(made.id);
      const number = (last.current.numbers += 1);
      setTabs((now) => [...(now ?? []), { id, number, fresh: true, title: '', link: CONNECTING }]);
      setCurrent(id);
    } catch (error) {
      setProblem(asProblem(error));
      store.refreshSoon();
    }
  }, [base]);

  const load = useCallback(async () => {
    setProblem(null);
    try {
      const found = (await call<Terminal[]>('GET', base)).filter((terminal) => terminal.running);
      const known = found.map((terminal, index) => ({
        id: String(terminal.id), number: index + 1, fresh: false, title: '', link: CONNECTING,
      }));
      last.current.numbers = known.length;
      setTabs(known);
      setCurrent(known[0]?.id ?? '');
      if (known.length === 0) await add();
    } catch (error) {
      setProblem(asProblem(error));
      store.refreshSoon();
    }
  }, [add, base]);

  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void load();
  }, [load]);

  const change = useCallback((id: string, part: Partial<Tab>) => {
    setTabs((now) => now?.map((tab) => (tab.id === id ? { ...tab, ...part } : tab)) ?? null);
  }, []);

  const remove = useCallback((id: string) => {
    panes.current.delete(id);
    setTabs((now) => {
      const at = now?.findIndex((tab) => tab.id === id) ?? -1;
      const rest = now?.filter((tab) => tab.id !== id) ?? [];
      setCurrent((shown) => (shown === id ? (rest[Math.min(at, rest.length - 1)]?.id ?? '') : shown));
      return rest;
    });
  }, []);

  /** Asks before it ends what may run; where the view is over there is nothing to ask. */
  const close = (tab: Tab) => {
    if (tab.link.kind !== 'ended') return setClosing(tab.id);
    remove(tab.id);
    endTerminal(`${base}/${tab.id}`).catch((error: unknown) => setProblem(asProblem(error)));
  };

  const onLink = useCallback(
    (id: string, link: Link) => {
      change(id, { link });
      if (link.kind !== 'ended') return;
      if (link.ending.kind === 'locked') {
        if (link.ending.certain) store.heardLocked(sessionId);
        else store.refreshSoon();
      }
      if (link.ending.kind === 'exited' && link.ending.code === 0) remove(id);
    },
    [change, remove, sessionId],
  );

  const shown = tabs?.find((tab) => tab.id === current);
  const asked = tabs?.find((tab) => tab.id === closing);
  const pane = () => panes.current.get(current);
  const toggleReader = () => {
    localStorage.setItem(READER, reader ? 'off' : 'on');
    setReader(!reader);
  };
  const show = (id: string) => {
    setCurrent(id);
    requestAnimationFrame(() => panes.current.get(id)?.focus());
  };
  const ids = (tabs ?? []).map((tab) => tab.id);
  useOffers(
    terminalCommands(
      { ids, current, name: shown ? nameOf(shown) : '', reader },
      { add: () => void add(), show, search: () => setSearching(true), close: () => shown && close(shown), toggleReader },
    ),
  );
  const stay = () => {
    for (const handle of panes.current.values()) if (handle.stay()) return pane()?.focus();
  };

  return (
    <div className="terminals" data-state={kind}>
      <div className="tabbar">
        <ul className="tabs" aria-label="Terminals" data-testid="tabs">
          {(tabs ?? []).map((tab) => (
            <li key={tab.id} className="tab" data-current={tab.id === current}>
              <button
                type="button"
                className="tab-name"
                aria-current={tab.id === current}
                data-testid="tab"
                data-terminal={tab.id}
                onClick={() => show(tab.id)}
              >
                {tab.link.kind === 'reconnecting' && <span className="tab-dot" aria-hidden="true" />}
                {tab.title || `Terminal ${tab.number}`}
              </button>
              <button type="button" className="tab-close" aria-label={`Close ${nameOf(tab)}`} title="Close (ends its programs)" data-testid="close-tab" onClick={() => close(tab)}>
                <Cross />
              </button>
            </li>
          ))}
        </ul>
        <button type="button" className="button icon-only quiet" aria-label="New terminal" title="New terminal" data-testid="new-terminal" onClick={() => void add()}>
          <Plus />
        </button>
        <span className="tabbar-gap" />
        <button type="button" className="button icon-only quiet" aria-label="Search the terminal" title="Search" aria-pressed={searching} data-testid="search" onClick={() => setSearching(!searching)}>
          <Find />
        </button>
        <button type="button" className="button icon-only quiet" aria-label="Screen reader mode" title="Screen reader mode" aria-pressed={reader} data-testid="screen-reader" onClick={toggleReader}>
          <Ear />
        </button>
        <button type="button" className="button lock" disabled={locking} onClick={onLock} data-testid="lock">
          <Gate kind="locked" /> {locking ? 'Locking…' : 'Lock'}
        </button>
      </div>
      {problem && <ProblemNote problem={problem} onRetry={() => void (tabs ? add() : load())} />}
      <div className="panes">
        {tabs?.length === 0 && (
          <div className="filling" data-testid="no-terminal">
            <p className="soft">No terminal is running. The workspace is still open.</p>
            <button type="button" className="button primary" onClick={() => void add()}>
              <Plus /> New terminal
            </button>
          </div>
        )}
        {(tabs ?? []).map((tab) => (
          <TerminalPane
            key={tab.id}
            ref={(handle) => {
              if (handle) panes.current.set(tab.id, handle);
              else panes.current.delete(tab.id);
            }}
            path={`${base}/${tab.id}`}
            terminalId={tab.id}
            label={tab.title || `Terminal ${tab.number}`}
            fresh={tab.fresh}
            shown={tab.id === current}
            searching={searching && tab.id === current}
            reader={reader}
            keys={keys}
            link={tab.link}
            onLink={(link) => onLink(tab.id, link)}
            onTitle={(title) => change(tab.id, { title })}
            onSize={(cols, rows) => Object.assign(last.current, { cols, rows })}
            onStatus={(secondsLeft, warnSeconds) => {
              const heardAt = performance.now();
              store.idle(workspaceId, { deadline: heardAt + secondsLeft * 1000, warnSeconds, heardAt });
            }}
            onSearchClose={() => setSearching(false)}
            onClose={() => close(tab)}
          />
        ))}
      </div>
      <KeyRow
        keys={keys}
        send={(text) => pane()?.type(text)}
        arrow={(arrow) => pane()?.arrow(arrow)}
        paste={() => void pane()?.paste()}
        focus={() => pane()?.focus()}
      />
      {asked && (
        <CloseTerminal
          name={nameOf(asked)}
          path={`${base}/${asked.id}`}
          onDone={() => {
            remove(asked.id);
            requestAnimationFrame(() => pane()?.focus());
          }}
          onClose={() => setClosing('')}
        />
      )}
      <footer className="statusline" data-state={kind} data-testid="statusline">
        <Gate kind={kind} size={14} />
        <span data-testid="vault-state" className="tabular">
          {stateLine(kind, left)}
        </span>
        {room && (
          <span className="storage-note" role="status" data-testid="storage-note" title={room}>
            {room}
          </span>
        )}
        {kind === 'warning' && (
          <button type="button" className="stay" onClick={stay} data-testid="stay">
            Stay
          </button>
        )}
        {endsAt !== null && (
          <span className="ends-soon" role="status" title="It was open for as long as a workspace may be. Save your work; it can be unlocked again at once." data-testid="ends-soon">
            Locks at {endsAt} in any case
          </span>
        )}
        <span className="sr-only" role="status">
          {kind === 'warning' ? 'This workspace locks soon because nothing is done in it.' : ''}
        </span>
        <span className="statusline-name">{name}</span>
        <span className="tabular" data-testid="connection" data-link={shown?.link.kind ?? 'none'}>
          {shown ? linkText(shown.link) : ''}
        </span>
      </footer>
    </div>
  );
}

function nameOf(tab: Tab): string {
  return tab.title || `terminal ${tab.number}`;
}

function linkText(link: Link): string {
  switch (link.kind) {
    case 'connecting':
      return 'Connecting…';
    case 'reconnecting':
      return 'Reconnecting…';
    case 'live':
      return link.roundTripMs === null ? 'Connected' : `${link.roundTripMs} ms`;
    case 'ended':
      return endingWord(link.ending);
  }
}

function endingWord(ending: Ending): string {
  return ending.kind === 'exited' ? `Ended (${ending.code})` : ending.kind === 'locked' ? 'Locked' : 'Closed';
}
