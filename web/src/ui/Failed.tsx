// SPDX-License-Identifier: Apache-2.0
import { store } from '../state/store';
import { useStore } from '../state/useStore';
import { ProblemNote } from './ProblemNote';

/** What was asked for from anywhere and did not work, until it is dismissed. */
export function Failed() {
  const { failure } = useStore();
  if (!failure) return null;
  return <ProblemNote what={failure.what} problem={failure.problem} onDismiss={() => store.failed(null)} />;
}
