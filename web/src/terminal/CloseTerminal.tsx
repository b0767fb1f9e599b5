// SPDX-License-Identifier: Apache-2.0
import { asProblem, call } from '../api/http';
import { Confirm } from '../ui/Confirm';

interface Props {
  /** Of the terminal, as its tab says. */
  name: string;
  path: string;
  onDone: () => void;
  onClose: () => void;
}

/** Nobody says whether a shell is only waiting, and no undo brings back what ran in it: so it is asked each time. */
export function CloseTerminal({ name, path, onDone, onClose }: Props) {
  return (
    <Confirm title={`Close ${name}?`} verb="Close terminal" work={() => endTerminal(path)} onDone={onDone} onClose={onClose}>
      <p>Its shell and all that runs in it are stopped, and what it shows is gone. Nothing brings that back. Saved files stay.</p>
    </Confirm>
  );
}

/** One that is gone already is as one that was closed. */
export async function endTerminal(path: string): Promise<void> {
  try {
    await call('DELETE', path);
  } catch (error) {
    if (asProblem(error).status !== 404) throw error;
  }
}
