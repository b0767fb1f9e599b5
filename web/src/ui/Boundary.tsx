// SPDX-License-Identifier: Apache-2.0
import { Component, type ReactNode } from 'react';
import { NotLoaded } from './later';

interface Props {
  /** Where the message goes, if not where the part would be. */
  around?: (message: ReactNode) => ReactNode;
  /** Another one is another thing to show: a failure of before is tried again. */
  of?: string;
  children: ReactNode;
}

interface State {
  readonly failed: { readonly error: unknown } | null;
}

/** Keeps a failure to the part of the page that has it; all around goes on. */
export class Boundary extends Component<Props, State> {
  override state: State = { failed: null };

  static getDerivedStateFromError(error: unknown): State {
    return { failed: { error } };
  }

  override componentDidCatch(error: unknown): void {
    if (error instanceof NotLoaded) error.forget();
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.failed && before.of !== this.props.of) this.setState({ failed: null });
  }

  override render(): ReactNode {
    const { failed } = this.state;
    if (!failed) return this.props.children;
    const message = <PartFailed loaded={!(failed.error instanceof NotLoaded)} onAgain={() => this.setState({ failed: null })} />;
    return this.props.around?.(message) ?? message;
  }
}

/** Reloading costs nothing: what runs in a terminal lives in its sandbox. */
function PartFailed({ loaded, onAgain }: { loaded: boolean; onAgain: () => void }) {
  return (
    <div className="note note-broken" role="alert" data-testid="part-failed">
      <strong>{loaded ? 'This part of the page failed' : 'This part of the page did not load'}</strong>
      <p>
        {loaded ? 'It is a fault of the page itself.' : 'This device may be offline, or Cofferdam was updated since the page was opened.'}{' '}
        Try again, or reload the page. Terminals go on meanwhile and are shown again.
      </p>
      <button type="button" className="button" onClick={onAgain} data-testid="part-again">
        Try again
      </button>{' '}
      <button type="button" className="button" onClick={() => location.reload()} data-testid="reload">
        Reload the page
      </button>
    </div>
  );
}
