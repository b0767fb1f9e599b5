// SPDX-License-Identifier: Apache-2.0
import type { Problem } from '../api/http';
import { Cross } from './icons';

const ADVICE: Record<string, string> = {
  'session-already-open': 'It is open in another window. That one can lock it.',
  'session-opening': 'Press Unlock again in a moment.',
};

interface Props {
  problem: Problem;
  /** What did not work because of it, where that is not plain from the place. */
  what?: string;
  onRetry?: () => void;
  onDismiss?: () => void;
}

/** What happened, what to do, and an id that somebody can look up. */
export function ProblemNote({ problem, what, onRetry, onDismiss }: Props) {
  const advice = ADVICE[problem.slug] ?? (problem.passing && !problem.slug.includes('damaged') ? 'It is worth trying again in a moment.' : '');
  return (
    <div className="note note-broken" role="alert" data-testid="problem" data-problem={problem.slug}>
      <strong>{what ? `${what}: ${problem.title}` : problem.title}</strong>
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
      {onDismiss && (
        <button type="button" className="button" onClick={onDismiss} data-testid="dismiss-problem">
          <Cross /> Dismiss
        </button>
      )}
    </div>
  );
}
