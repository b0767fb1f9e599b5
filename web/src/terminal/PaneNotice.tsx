// SPDX-License-Identifier: Apache-2.0
import type { Ending, Link, Untaken } from './connection';

interface Props {
  link: Link;
  untaken: Untaken | null;
  onHurry: () => void;
  onSeen: () => void;
  onClose: () => void;
}

/** What is to be said of the line, over the lower edge of the terminal. */
export function PaneNotice({ link, untaken, onHurry, onSeen, onClose }: Props) {
  if (link.kind === 'reconnecting') {
    return (
      <div className="pane-notice" role="status" data-testid="reconnecting">
        <span>{awayText(untaken)}</span>
        {link.attempt > 1 && (
          <button type="button" className="button" onClick={onHurry}>
            Now
          </button>
        )}
      </div>
    );
  }
  if (link.kind === 'live' && untaken) {
    return (
      <div className="pane-notice" role="status" data-testid="untaken">
        <span>{backText(untaken)}</span>
        <button type="button" className="button" onClick={onSeen}>
          Go on
        </button>
      </div>
    );
  }
  if (link.kind !== 'ended') return null;
  return (
    <div className="pane-notice" role="status" data-testid="terminal-ended">
      <span>{endingText(link.ending)}</span>
      <button type="button" className="button" onClick={onClose}>
        Close tab
      </button>
    </div>
  );
}

/**
 * Typing is not kept: nothing counts input, so nobody knows how much of it arrived before the cut, and what
 * comes after a hole is another command, its Return included.
 */
export function awayText(untaken: Untaken | null): string {
  const kept = 'Reconnecting… What you see is kept. ';
  if (untaken === 'some') return `${kept}What you typed was not sent; wait until the line is back.`;
  return `${kept}${untaken === 'maybe' ? 'The last you typed may not have arrived, and what' : 'What'} you type now is not sent.`;
}

export function backText(untaken: Untaken): string {
  const what = untaken === 'some' ? 'What you typed meanwhile was not sent' : 'The last you typed may not have arrived';
  return `The line is back. ${what}: look before you go on.`;
}

function endingText(ending: Ending): string {
  switch (ending.kind) {
    case 'exited':
      return `The shell ended with code ${ending.code}.`;
    case 'locked':
      return 'The workspace was locked.';
    case 'gone':
      return 'This terminal no longer exists.';
    case 'refused':
      return ending.code === 4409 ? 'Eight views of this terminal are open already. Close one of them.' : `The server closed this view: ${ending.reason || ending.code}.`;
  }
}
