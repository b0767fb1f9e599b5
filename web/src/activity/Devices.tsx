// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { call } from '../api/http';
import type { Device } from '../api/identity';
import { useLoaded } from '../state/useLoaded';
import { Confirm } from '../ui/Confirm';
import { Device as DeviceIcon } from '../ui/icons';
import { Listing } from '../ui/Listing';
import { Section } from '../ui/Section';
import { Ago } from '../ui/Time';
import { methodName } from './words';

interface Props {
  path: string;
  title: string;
  lead: string;
  /** Whether single ones can be ended, or only all of them. */
  single: boolean;
}

/** Browsers that are signed in as one person: whose is in the path. */
export function Devices({ path, title, lead, single }: Props) {
  const devices = useLoaded<Device[]>(path);
  const [ending, setEnding] = useState<Device | 'others' | null>(null);
  const others = devices.data?.filter((device) => !device.current) ?? [];
  const close = () => setEnding(null);
  return (
    <Section
      title={title}
      lead={lead}
      testId="devices"
      action={
        others.length > 0 && (
          <button type="button" className="button" onClick={() => setEnding('others')} data-testid="end-others">
            {others.length === devices.data?.length ? 'Sign out everywhere…' : 'Sign out all others…'}
          </button>
        )
      }
    >
      <Listing loaded={devices} empty="Nowhere at the moment." testId="device-list">
        {(device) => <Row key={device.id} device={device} onEnd={single ? () => setEnding(device) : null} />}
      </Listing>
      {ending === 'others' && (
        <Confirm title={others.length === 1 ? 'Sign out 1 browser' : `Sign out ${others.length} browsers`} verb="Sign them out" work={() => call('DELETE', path)} onDone={devices.reload} onClose={close}>
          <p>Their terminals close within a second, what they opened locks, and they have to sign in again.</p>
        </Confirm>
      )}
      {ending !== null && ending !== 'others' && (
        <Confirm title={`Sign out ${ending.browser || 'this browser'}`} verb="Sign it out" work={() => call('DELETE', `${path}/${ending.id}`)} onDone={devices.reload} onClose={close}>
          <p>
            It was opened by {methodName(ending.method).toLowerCase()} from {ending.address}. Its terminals close within a second, what it opened locks, and it has to sign in again.
          </p>
        </Confirm>
      )}
    </Section>
  );
}

function Row({ device, onEnd }: { device: Device; onEnd: (() => void) | null }) {
  const name = device.browser || 'An unknown browser';
  return (
    <li className="item" data-testid="device-row" data-current={device.current}>
      <DeviceIcon />
      <div className="item-text">
        <p className="item-name">
          {name} {device.current && <span className="tag tag-here">This browser</span>}
        </p>
        <p className="soft">
          {methodName(device.method)} <span className="fingerprint">{device.credential}</span>
        </p>
        <p className="faint">
          From {device.address || 'an unknown address'}, since <Ago at={device.createdAt} />
          {device.lastSeenAt && (
            <>
              {' · '}last seen <Ago at={device.lastSeenAt} />
            </>
          )}
        </p>
      </div>
      {!device.current && onEnd && (
        <button type="button" className="button" aria-label={`Sign out ${name}`} onClick={onEnd} data-testid="end-device">
          Sign out…
        </button>
      )}
    </li>
  );
}
