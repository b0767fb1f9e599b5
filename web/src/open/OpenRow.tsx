// SPDX-License-Identifier: Apache-2.0
import { Fragment, type ReactNode } from 'react';
import { methodName } from '../activity/words';
import type { OpenedSession, SessionFigures } from '../api/identity';
import { Gate } from '../ui/icons';
import { Ago } from '../ui/Time';
import { figuresOf, type Figure } from './words';

interface Props {
  session: OpenedSession;
  figures: SessionFigures | undefined;
  /** Whose it is, or of which workspace. */
  name: ReactNode;
  action?: ReactNode;
}

/** An open session: with what and from where it was opened, since when, and how it is doing. */
export function OpenRow({ session, figures, name, action }: Props) {
  return (
    <li className="item" data-testid="open-row" data-session={session.id}>
      <Gate kind={session.state === 'OPENING' ? 'opening' : session.state === 'WARNED' ? 'warning' : 'open'} />
      <div className="item-text">
        <p className="item-name">{name}</p>
        <p className="soft">
          {methodName(session.method ?? '')} <span className="fingerprint">{session.credential}</span>
        </p>
        <p className="faint">
          From {session.address || 'an unknown address'}
          {session.openedAt && session.state !== 'OPENING' ? (
            <>
              , open since <Ago at={session.openedAt} />
            </>
          ) : (
            ', opening'
          )}
        </p>
        <p className="faint tabular" data-testid="open-figures">
          {figuresOf(figures).map((figure, index) => (
            <Fragment key={figure.name}>
              {index > 0 && ' · '}
              <Shown figure={figure} />
            </Fragment>
          ))}
        </p>
      </div>
      {action}
    </li>
  );
}

function Shown({ figure: { name, named, words } }: { figure: Figure }) {
  if (words !== null) return <span className="figure">{named ? `${name} ${words}` : words}</span>;
  return (
    <span className="figure">
      {name} <span aria-hidden="true">–</span>
      <span className="sr-only">not known</span>
    </span>
  );
}
