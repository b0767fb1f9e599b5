// SPDX-License-Identifier: Apache-2.0
import type { ITheme } from '@xterm/xterm';

/** The two terminal colour sets; backgrounds equal --terminal in tokens.css, and --terminal-dim is the foreground, thinner. */
export const DARK: ITheme = {
  background: '#0d1216', foreground: '#d7dee3', cursor: '#8fd3c8', cursorAccent: '#0d1216',
  selectionBackground: '#2b4a55', selectionInactiveBackground: '#22343c',
  black: '#2a333a', red: '#ef7d78', green: '#7cc48f', yellow: '#d9b86a', blue: '#7fb0ea', magenta: '#c79be0', cyan: '#6fc7c4', white: '#c5ced4',
  brightBlack: '#7b8993', brightRed: '#ff9d97', brightGreen: '#9bdcab', brightYellow: '#ecd08c', brightBlue: '#a3c9f7', brightMagenta: '#dbb9ee', brightCyan: '#95dfdb', brightWhite: '#f3f7f9',
};

export const LIGHT: ITheme = {
  background: '#fbfbf9', foreground: '#23303a', cursor: '#0f6e68', cursorAccent: '#fbfbf9',
  selectionBackground: '#c3dde2', selectionInactiveBackground: '#dbe7ea',
  black: '#23303a', red: '#b3312f', green: '#216e39', yellow: '#7d5a00', blue: '#1b5fae', magenta: '#8038a3', cyan: '#0b6b70', white: '#5d6b75',
  brightBlack: '#5a6872', brightRed: '#c4302d', brightGreen: '#1d7a3c', brightYellow: '#8a6300', brightBlue: '#1f6fc9', brightMagenta: '#9145b6', brightCyan: '#0c757a', brightWhite: '#3b4852',
};
