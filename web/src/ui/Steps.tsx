// SPDX-License-Identifier: Apache-2.0
import type { Unlocking } from '../state/store';
import { millis, stepText, waitText } from '../state/vault';
import { Check } from './icons';

/** What has really happened so far, each with its time since the click. */
export function Steps({ progress }: { progress: Unlocking }) {
  return (
    <ol className="steps" aria-live="polite" data-testid="unlock-steps">
      {progress.steps.map((step) => (
        <li key={step.name} data-step={step.name}>
          <Check />
          <span>{stepText(step.name)}</span>
          <span className="step-time">{millis(step.ms)}</span>
        </li>
      ))}
      {progress.problem === null && <li className="step-next">{waitText(progress.steps.at(-1)?.name)}</li>}
    </ol>
  );
}
