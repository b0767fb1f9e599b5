// SPDX-License-Identifier: Apache-2.0
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { reference, SOURCES } from './build/reference.mjs';

const REFERENCE = 'virtual:reference';

/** The API reference is data that is made when the page is built, so that it is about exactly this version. */
function apiReference(): Plugin {
  return {
    name: 'api-reference',
    resolveId: (id) => (id === REFERENCE ? `\0${REFERENCE}` : null),
    load(id) {
      if (id !== `\0${REFERENCE}`) return null;
      for (const source of SOURCES) this.addWatchFile(source);
      return `export default ${JSON.stringify(reference())};`;
    },
  };
}

/** Nothing is inlined as data: because the page's policy allows only files of its own origin. */
export default defineConfig({
  plugins: [react(), apiReference()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: { target: 'es2022', assetsInlineLimit: 0, sourcemap: false, modulePreload: { polyfill: false } },
  server: { host: '127.0.0.1' },
});
