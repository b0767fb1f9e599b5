// SPDX-License-Identifier: Apache-2.0
import '@xterm/xterm/css/xterm.css';
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { asProblem, call } from '../api/http';
import type { Ticket } from '../api/types';
import { store } from '../state/store';
import { useTheme } from '../ui/theme';
import { dialer, TerminalConnection, type Ending, type Link, type Untaken } from './connection';
import { openable, safePaste } from './hardening';
import { PaneNotice } from './PaneNotice';
import { LinkDialog, PasteDialog } from './questions';
import { XtermScreen } from './screen';
import { SearchBar } from './SearchBar';
import { arrowKey, type Arrow, type StickyKeys } from './stickyKeys';
import { DARK, LIGHT } from './themes';

export interface PaneHandle {
  focus(): void;
  type(text: string): void;
  arrow(arrow: Arrow): void;
  paste(): Promise<void>;
  /** False when this view is not connected and somebody else has to say it. */
  stay(): boolean;
}

interface Props {
  ref: Ref<PaneHandle>;
  path: string;
  terminalId: string;
  label: string;
  fresh: boolean;
  shown: boolean;
  searching: boolean;
  reader: boolean;
  keys: StickyKeys;
  link: Link;
  onLink: (link: Link) => void;
  onTitle: (title: string) => void;
  onSize: (cols: number, rows: number) => void;
  onStatus: (secondsLeft: number, warnSeconds: number) => void;
  onSearchClose: () => void;
  onClose: () => void;
}

/** The element carries its own reader for tests; page scripts have the DOM anyway, so it gives nothing away. */
interface Readable extends HTMLDivElement {
  readTerminal?: () => string;
}

const COARSE = matchMedia('(pointer: coarse)').matches;

export function TerminalPane(props: Props) {
  const element = useRef<Readable>(null);
  const screen = useRef<XtermScreen | null>(null);
  const connection = useRef<TerminalConnection | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [asked, setAsked] = useState<string | null>(null);
  const [pasted, setPasted] = useState<string | null>(null);
  const [untaken, setUntaken] = useState<Untaken | null>(null);
  const theme = useTheme();
  const { path, fresh, shown, reader, link } = props;

  const paste = (text: string) => {
    const clean = safePaste(text);
    props.keys.release();
    const xterm = screen.current?.terminal;
    if (!xterm || clean === '') return;
    if (clean.trimEnd().includes('\n') && !xterm.modes.bracketedPasteMode) return setPasted(clean);
    xterm.paste(clean);
  };

  useEffect(() => {
    const host = element.current;
    if (!host) return;
    const view = new XtermScreen(initialTheme(), latest.current.reader, COARSE ? 14 : 13.5, {
      typed: (data) => latest.current.keys.take(data),
      input: (bytes) => connection.current?.input(bytes),
      title: (title) => latest.current.onTitle(title),
      link: (uri) => setAsked(uri),
      resize: (cols, rows) => {
        connection.current?.resize(cols, rows);
        latest.current.onSize(cols, rows);
      },
    });
    screen.current = view;
    host.readTerminal = () => view.text();
    const ticket = async () => (await call<Ticket>('POST', `${path}/tickets`)).ticket;
    const line = new TerminalConnection(
      dialer(ticket),
      view,
      {
        link: (value) => latest.current.onLink(value),
        status: (secondsLeft, warn) => latest.current.onStatus(secondsLeft, warn),
        untaken: setUntaken,
      },
      fresh,
      refusal,
    );
    connection.current = line;
    let gone = false;
    void fontsReady().then(() => {
      if (gone) return;
      view.mount(host, !COARSE);
      line.start();
      if (latest.current.shown) view.terminal.focus();
    });
    const observer = new ResizeObserver(() => {
      if (latest.current.shown) view.fit();
    });
    observer.observe(host);
    const online = () => line.hurry();
    addEventListener('online', online);
    return () => {
      gone = true;
      removeEventListener('online', online);
      observer.disconnect();
      line.dispose();
      view.dispose();
    };
  }, [path, fresh]);

  useEffect(() => {
    const xterm = screen.current?.terminal;
    if (xterm) xterm.options.theme = theme === 'light' ? LIGHT : DARK;
  }, [theme]);

  useEffect(() => {
    const xterm = screen.current?.terminal;
    if (xterm) xterm.options.screenReaderMode = reader;
  }, [reader]);

  useEffect(() => {
    if (!shown) return;
    screen.current?.fit();
    screen.current?.terminal.focus();
  }, [shown]);

  useImperativeHandle(props.ref, () => ({
    focus: () => screen.current?.terminal.focus(),
    type: (text) => screen.current?.terminal.input(text),
    arrow: (arrow) => {
      const xterm = screen.current?.terminal;
      xterm?.input(arrowKey(arrow, xterm.modes.applicationCursorKeysMode));
    },
    paste: async () => paste(await navigator.clipboard.readText().catch(() => '')),
    stay: () => {
      if (!connection.current?.live) return false;
      connection.current.stay();
      return true;
    },
  }));

  const refocus = () => requestAnimationFrame(() => screen.current?.terminal.focus());
  return (
    <div className="pane" hidden={!shown} data-testid="pane" data-terminal={props.terminalId} data-link={link.kind}>
      {props.searching && screen.current && <SearchBar screen={screen.current} onClose={props.onSearchClose} />}
      <div
        ref={element}
        className="screen"
        data-testid="terminal"
        data-terminal={props.terminalId}
        role="group"
        aria-label={props.label}
        onPasteCapture={(event) => {
          event.preventDefault();
          event.stopPropagation();
          paste(event.clipboardData.getData('text/plain'));
        }}
      />
      <PaneNotice
        link={link}
        untaken={untaken}
        onHurry={() => connection.current?.hurry()}
        onSeen={() => {
          connection.current?.seen();
          refocus();
        }}
        onClose={props.onClose}
      />
      {asked !== null && (
        <LinkDialog
          link={openable(asked)}
          text={asked}
          onClose={() => {
            setAsked(null);
            refocus();
          }}
        />
      )}
      {pasted !== null && (
        <PasteDialog
          text={pasted}
          onClose={() => {
            setPasted(null);
            refocus();
          }}
          onPaste={() => screen.current?.terminal.paste(pasted)}
        />
      )}
    </div>
  );
}

/** Which refusals of a ticket are final; all else is worth another try. */
function refusal(error: unknown): Ending | null {
  const problem = asProblem(error);
  // The rest of the page learns of it too; a dead network closes no stream of events.
  if (problem.status === 0) store.refreshSoon();
  if (problem.status === 401) {
    store.refreshSoon();
    return { kind: 'locked', reason: problem.title, certain: false };
  }
  if (problem.status === 404) store.refreshSoon();
  if (problem.status === 404) return { kind: 'gone' };
  if (problem.status === 409 || problem.status === 423) {
    store.refreshSoon();
    return { kind: 'locked', reason: problem.title, certain: false };
  }
  return null;
}

/** xterm.js measures its font when it opens, so the font has to be there. */
async function fontsReady(): Promise<void> {
  const wanted = ['400', '700'].map((weight) => document.fonts.load(`${weight} 14px "JetBrains Mono Variable"`));
  const late = new Promise((resolve) => setTimeout(resolve, 1_000));
  await Promise.race([Promise.allSettled(wanted), late]);
}

function initialTheme() {
  return document.documentElement.dataset['theme'] === 'light' ? LIGHT : DARK;
}
