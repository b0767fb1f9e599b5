// SPDX-License-Identifier: Apache-2.0
import type { Problem } from '../api/http';

const ADVICE: Record<string, string> = {
  'session-already-open': 'It is open in another window. That one can lock it.',
  'session-opening': 'Press Unlock again in a moment.',
};

/** What happened, what to do, and an id that somebody can look up. */
export function ProblemNote({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const advice = ADVICE[problem.slug] ?? (problem.passing && !problem.slug.includes('damaged') ? 'It is worth trying again in a moment.' : '');
  return (
    <div className="note note-broken" role="alert" data-testid="problem" data-problem={problem.slug}>
      <strong>{problem.title}</strong>
      {problem.detail && <p>{problem.detail}</p>}
      {advice && <p>{advice}</p>}
      {problem.id && (
        <p className="faint">
          Id for the log: <code>{problem.id}</code>
        </p>
      )}
      {onRetry && (
        <button type="button" className="button" onClick={onRetry} data-testid="retry">
          Try again
        </button>
      )}
    </div>
  );
}
