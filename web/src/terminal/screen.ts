// SPDX-License-Identifier: Apache-2.0
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { WebglAddon } from '@xterm/addon-webgl';
import { Terminal, type ITheme } from '@xterm/xterm';
import { Blink } from './blink';
import { Feed } from './feed';
import { MAX_COLS, MAX_ROWS } from './frames';
import { harden, safeTitle } from './hardening';
import { admitTerminalStyles } from './policy';
import type { Screen } from './connection';

export interface ScreenEvents {
  /** A key as it is to be sent. */
  typed(data: string): string;
  input(bytes: Uint8Array): void;
  title(title: string): void;
  link(uri: string): void;
  resize(cols: number, rows: number): void;
}

/** CAN ends whatever sequence was half way, RIS then clears screen, modes and scrollback, in order with the output. */
const FULL_RESET = new Uint8Array([0x18, 0x1b, 0x63]);
const RESIZE_SETTLES_MS = 60;
const FOCUS_REPORT = /^\x1b\[[IO]$/;
const FONT = '"JetBrains Mono Variable", "DejaVu Sans Mono", ui-monospace, monospace';

/** One xterm.js terminal with everything a hostile program could misuse shut off. */
export class XtermScreen implements Screen {
  readonly terminal: Terminal;
  readonly search = new SearchAddon();
  private readonly fitter = new FitAddon();
  private replaying = false;
  private readonly feed = new Feed({
    write: (bytes, parsed) => this.terminal.write(bytes, parsed),
    alternate: () => this.terminal.buffer.active.type === 'alternate',
    replaying: (now) => (this.replaying = now),
  });
  private settle: ReturnType<typeof setTimeout> | undefined;
  private announced = '';
  private blink: Blink | undefined;

  constructor(
    theme: ITheme,
    screenReader: boolean,
    fontSize: number,
    private readonly events: ScreenEvents,
  ) {
    admitTerminalStyles();
    const ask = (_event: MouseEvent, uri: string) => events.link(uri);
    this.terminal = new Terminal({
      allowProposedApi: true,
      cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      fontFamily: FONT,
      fontSize,
      lineHeight: 1.15,
      linkHandler: { activate: ask, allowNonHttpProtocols: false },
      // Each sequence that is none would be an error in the console: thousands a second cost the page more than showing them.
      logLevel: 'off',
      macOptionIsMeta: true,
      // Programs choose colours without knowing the theme; text stays readable on both.
      minimumContrastRatio: 4.5,
      screenReaderMode: screenReader,
      scrollback: 10_000,
      theme,
    });
    this.terminal.loadAddon(this.fitter);
    this.terminal.loadAddon(this.search);
    this.terminal.loadAddon(new WebLinksAddon(ask));
    this.terminal.loadAddon(new UnicodeGraphemesAddon());
    harden(this.terminal, () => this.replaying);
    this.forward();
    this.terminal.attachCustomKeyEventHandler((event) => !this.copies(event));
  }

  /** Ctrl-C copies while text is selected, with or without Shift; otherwise it belongs to the program. */
  private copies(event: KeyboardEvent): boolean {
    const asked = event.type === 'keydown' && event.code === 'KeyC' && event.ctrlKey && !event.altKey && !event.metaKey;
    if (!asked || !this.terminal.hasSelection()) return false;
    event.preventDefault();
    void navigator.clipboard.writeText(this.terminal.getSelection()).catch(() => {});
    this.terminal.clearSelection();
    return true;
  }

  private forward(): void {
    const encoder = new TextEncoder();
    this.terminal.onData((data) => {
      // A replayed program may have asked for focus reports; it is gone, and the shell would take them as typed.
      if (!(this.replaying && FOCUS_REPORT.test(data))) this.events.input(encoder.encode(this.events.typed(data)));
    });
    this.terminal.onBinary((data) => this.events.input(Uint8Array.from(data, (char) => char.charCodeAt(0) & 0xff)));
    this.terminal.onTitleChange((title) => this.events.title(safeTitle(title)));
  }

  mount(element: HTMLElement, webgl: boolean): void {
    this.terminal.open(element);
    if (webgl) this.useWebgl();
    this.blinkIn(element);
    this.fit();
  }

  private blinkIn(element: HTMLElement): void {
    const blink = (this.blink = new Blink(element.classList));
    this.terminal.textarea?.addEventListener('focus', () => blink.start());
    this.terminal.textarea?.addEventListener('blur', () => blink.stop());
    this.terminal.onCursorMove(() => blink.show());
  }

  /** Falls back to the DOM renderer when there is no WebGL, only a slow one, or the context is taken away. */
  private useWebgl(): void {
    if (!fastWebgl()) return;
    try {
      const addon = new WebglAddon();
      addon.onContextLoss(() => addon.dispose());
      this.terminal.loadAddon(addon);
    } catch {
      // The DOM renderer is already at work.
    }
  }

  size(): { cols: number; rows: number } {
    return { cols: this.terminal.cols, rows: this.terminal.rows };
  }

  /** Fills its element; tells the sandbox once the size has stopped changing. */
  fit(): void {
    const wanted = this.fitter.proposeDimensions();
    if (!wanted || !Number.isFinite(wanted.cols) || !Number.isFinite(wanted.rows)) return;
    const cols = Math.min(MAX_COLS, Math.max(2, wanted.cols));
    const rows = Math.min(MAX_ROWS, Math.max(1, wanted.rows));
    if (cols !== this.terminal.cols || rows !== this.terminal.rows) this.terminal.resize(cols, rows);
    clearTimeout(this.settle);
    this.settle = setTimeout(() => this.announce(), RESIZE_SETTLES_MS);
  }

  /** Forgets what was announced, so that the next fit speaks for this view again. */
  announce(): void {
    const { cols, rows } = this.size();
    const size = `${cols}x${rows}`;
    if (size === this.announced) return;
    this.announced = size;
    this.events.resize(cols, rows);
  }

  /** Another view of the same terminal decided its size; show it as it is. */
  resized(cols: number, rows: number): void {
    this.announced = `${cols}x${rows}`;
    if (cols < 1 || rows < 1 || cols > MAX_COLS || rows > MAX_ROWS) return;
    if (cols !== this.terminal.cols || rows !== this.terminal.rows) this.terminal.resize(cols, rows);
  }

  write(bytes: Uint8Array, replayLeft: number | null, done: () => void): void {
    this.feed.write(bytes, replayLeft, done);
  }

  reset(): void {
    this.feed.clear();
    this.terminal.write(FULL_RESET);
  }

  /** All lines with trailing blank ones cut; for tests and "copy everything". */
  text(): string {
    const buffer = this.terminal.buffer.active;
    const lines: string[] = [];
    for (let row = 0; row < buffer.length; row++) {
      const line = buffer.getLine(row);
      const words = line?.translateToString(true) ?? '';
      if (line?.isWrapped && lines.length > 0) lines[lines.length - 1] += words;
      else lines.push(words);
    }
    return lines.join('\n').trimEnd();
  }

  dispose(): void {
    clearTimeout(this.settle);
    this.blink?.stop();
    this.terminal.dispose();
  }
}

/** WebGL drawn by the processor is slower than the DOM renderer, and takes time from the sandbox. */
function fastWebgl(): boolean {
  const context = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (!context) return false;
  const named = context.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(context.getParameter(named ? named.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return !/swiftshader|llvmpipe|softpipe|software/i.test(renderer);
}
