// SPDX-License-Identifier: Apache-2.0
import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { Severity } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const GIVEN = readFileSync(new URL('../../terminal-gateway/src/main/resources/page-policy', import.meta.url), 'utf8').trim();

/** As the gateway fills it in. */
const POLICY = GIVEN.replace('__CSP_NONCE__', 'c2l4dGVlbiByYW5kb20gYnl0ZXM').replace('__SOCKETS__', 'wss://coffer.example.org');

function gravest(policy: string): Severity {
  return Math.min(Severity.NONE, ...new CspEvaluator(new CspParser(policy).csp).evaluate().map((finding) => finding.severity));
}

describe("the pages' content security policy", () => {
  it('has nothing graver than the note on scripts from here', () => {
    expect(POLICY).not.toContain('__');
    expect(gravest(POLICY)).toBeGreaterThanOrEqual(Severity.MEDIUM_MAYBE);
  });

  it('would be found to be weaker', () => {
    expect(gravest(POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"))).toBeLessThan(Severity.MEDIUM_MAYBE);
    expect(gravest(POLICY.replace("; object-src 'none'", '').replace("default-src 'none'; ", ''))).toBeLessThan(Severity.MEDIUM_MAYBE);
  });
});
