// SPDX-License-Identifier: Apache-2.0
import type { Problem } from '../api/http';
import { ProblemNote } from '../ui/ProblemNote';
import type { Words } from './words';

/** Why somebody is still outside, and what to do about it. */
export function Refusal({ problem }: { problem: Problem }) {
  if (problem.passing) return <ProblemNote problem={problem} />;
  return <RefusalWords words={{ title: problem.title, what: problem.detail }} slug={problem.slug} />;
}

export function RefusalWords({ words, slug }: { words: Words; slug: string }) {
  return (
    <div className="note note-broken" role="alert" data-testid="problem" data-problem={slug}>
      <strong>{words.title}</strong>
      {words.what && <p>{words.what}</p>}
    </div>
  );
}
