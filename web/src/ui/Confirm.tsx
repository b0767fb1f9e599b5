// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import { useAction } from '../state/useAction';
import { Dialog } from './Dialog';
import { ProblemNote } from './ProblemNote';

interface Props {
  title: string;
  /** The verb on the button: "Revoke key". */
  verb: string;
  children: ReactNode;
  work: () => Promise<unknown>;
  onDone: () => void;
  onClose: () => void;
}

/** Asks once before something that somebody else may notice; the title names the thing. */
export function Confirm({ title, verb, children, work, onDone, onClose }: Props) {
  const action = useAction();
  const confirm = async () => {
    if (!(await action.run(work))) return;
    onDone();
    onClose();
  };
  return (
    <Dialog title={title} testId="confirm-dialog" onClose={onClose}>
      <div className="dialog-text">{children}</div>
      {action.problem && <ProblemNote problem={action.problem} />}
      <footer className="dialog-foot">
        <button type="button" className="button" data-focus onClick={onClose}>
          Cancel
        </button>
        <button type="button" className="button danger" disabled={action.busy} onClick={() => void confirm()} data-testid="confirm">
          {action.busy ? 'One moment…' : verb}
        </button>
      </footer>
    </Dialog>
  );
}
