// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DARK, LIGHT } from '../src/terminal/themes';

const tokens = readFileSync(new URL('../src/styles/tokens.css', import.meta.url), 'utf8');

type Rgb = [number, number, number];

function hex(colour: string | undefined): Rgb {
  const all = Number.parseInt((colour ?? '').slice(1), 16);
  return [all >> 16, (all >> 8) & 255, all & 255];
}

/** The token of this theme: its colour, and how much of it is laid over the ground. */
function dim(theme: string): { colour: Rgb; share: number } {
  const block = tokens.slice(tokens.indexOf(`[data-theme='${theme}'] {`));
  const [, r, g, b, percent] = /--terminal-dim: rgb\((\d+) (\d+) (\d+) \/ (\d+)%\)/.exec(block) ?? [];
  return { colour: [Number(r), Number(g), Number(b)], share: Number(percent) / 100 };
}

/** Relative luminance (WCAG 2.2). */
function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe('dimmed text of a terminal', () => {
  it.each([['dark', DARK], ['light', LIGHT]])('can be read in the %s theme, and is dimmer than other text', (name, theme) => {
    const ground = hex(theme.background);
    const { colour, share } = dim(name);
    const shown = colour.map((c, i) => Math.round(c * share + ground[i]! * (1 - share))) as Rgb;
    expect(colour).toEqual(hex(theme.foreground));
    expect(contrast(shown, ground)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(shown, ground)).toBeLessThan(contrast(hex(theme.foreground), ground) / 2);
  });
});

const COLOURS = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
const BRIGHT = ['brightBlack', 'brightRed', 'brightGreen', 'brightYellow', 'brightBlue', 'brightMagenta', 'brightCyan', 'brightWhite'] as const;

describe.each([['dark', DARK], ['light', LIGHT]])('colours of programs in the %s theme', (name, theme) => {
  // Black is what programs write upon; in the dark it is no colour of letters.
  const black = name === 'light' ? (['black'] as const) : [];
  it.each(['foreground', 'cursor', ...black, ...COLOURS, ...BRIGHT] as const)('can be read: %s', (colour) => {
    expect(contrast(hex(theme[colour]), hex(theme.background))).toBeGreaterThanOrEqual(4.5);
  });
  it('can be read while selected', () => {
    expect(contrast(hex(theme.foreground), hex(theme.selectionBackground))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(hex(theme.foreground), hex(theme.selectionInactiveBackground))).toBeGreaterThanOrEqual(4.5);
  });
});
