// SPDX-License-Identifier: Apache-2.0
import type { JSX } from 'react';
import { useRoute, type Route } from '../state/route';
import { useOpenAlerts } from '../state/useOpenAlerts';
import { useStore } from '../state/useStore';
import { Activity, Book, Ledger, People, Sliders } from './icons';
import { Link } from './Link';
import { placesOf } from './places';

const ICONS: Partial<Record<Route['page'], () => JSX.Element>> = { people: People, audit: Ledger, activity: Activity, settings: Sliders, reference: Book };

/** People, activity, settings: whatever is for this person. */
export function RailPlaces({ onNavigate }: { onNavigate: () => void }) {
  const { me } = useStore();
  const { page } = useRoute();
  const alerts = useOpenAlerts();
  return (
    <ul className="rail-places" data-testid="rail-places">
      {placesOf(me?.user.role).map((place) => {
        const Icon = ICONS[place.page];
        return (
          <li key={place.page}>
            <Link to={place.pages[0]?.to ?? '/'} className="rail-item" aria-current={here(place.page, page) ? 'page' : undefined} onClick={onNavigate} data-testid={`rail-${place.page}`}>
              {Icon && <Icon />}
              <span className="rail-name">{place.text}</span>
              {place.page === 'audit' && alerts > 0 && <OpenAlerts many={alerts} />}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** Beside the place where they are. */
function OpenAlerts({ many }: { many: number }) {
  const words = many === 1 ? '1 alert is open' : `${many} alerts are open`;
  return (
    <span className="tag tag-bad tabular" title={words} data-testid="rail-alerts">
      <span aria-hidden="true">{many > 99 ? '99+' : many}</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

function here(place: Route['page'], page: Route['page']): boolean {
  return place === page || (place === 'people' && page === 'person');
}
