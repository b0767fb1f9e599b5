// SPDX-License-Identifier: Apache-2.0
// How much script a first visit fetches, as it is sent; the build fails when that is more than was promised.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const KIB = 1024;
const BUDGETS = [
  { what: 'without the terminal', most: 180 * KIB, more: [] },
  { what: 'with the terminal', most: 350 * KIB, more: ['Terminals-'] },
];
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const scripts = readdirSync(`${dist}assets`).filter((name) => name.endsWith('.js'));

/** A file and all that it imports before it runs; what it loads later by import() is not among them. */
function withImports(name, found) {
  if (found.has(name)) return found;
  found.add(name);
  const text = readFileSync(`${dist}assets/${name}`, 'utf8');
  for (const [, other] of text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) withImports(other, found);
  return found;
}

const page = readFileSync(`${dist}index.html`, 'utf8');
const first = [...page.matchAll(/assets\/([\w.-]+\.js)/g)].map(([, name]) => name);
for (const { what, most, more } of BUDGETS) {
  const entries = [...first, ...scripts.filter((name) => more.some((start) => name.startsWith(start)))];
  const files = entries.reduce((found, name) => withImports(name, found), new Set());
  const size = [...files].reduce((sum, name) => sum + statSync(`${dist}assets/${name}.br`).size, 0);
  console.log(`First load ${what}: ${(size / KIB).toFixed(1)} KiB of ${most / KIB} KiB compressed script`);
  if (size > most) process.exitCode = 1;
}
