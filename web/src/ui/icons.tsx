// SPDX-License-Identifier: Apache-2.0
import type { VaultKind } from '../state/vault';

function Drawn({ path, size = 16 }: { path: string; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}

const BROKEN = 'M3 2.5v11M13 2.5v11M5.5 4h5v2L9 7.4 10.5 9v3h-5V9.4L7 8 5.5 6.4z';

/** Two piles and a gate between them: down, rising, up, falling, broken. One of which nobody knows is as one that is broken. */
const GATES: Record<VaultKind, string> = {
  locked: 'M3 2.5v11M13 2.5v11M5.5 4h5v8h-5zM5.5 8h5',
  opening: 'M3 2.5v11M13 2.5v11M5.5 3h5v4.5h-5zM8 13.2V10M6.6 11.2 8 9.8l1.4 1.4',
  open: 'M3 2.5v11M13 2.5v11M5.5 2.5h5v1.8h-5z',
  warning: 'M3 2.5v11M13 2.5v11M5.5 2.5h5V7h-5zM8 9.6v3.2M6.6 11.6 8 13l1.4-1.4',
  unknown: BROKEN,
  broken: BROKEN,
};

export function Gate({ kind, size }: { kind: VaultKind; size?: number }) {
  return (
    <span className={`gate gate-${kind}`}>
      <Drawn path={GATES[kind]} size={size ?? 16} />
    </span>
  );
}

/** The mark: water outside, dry ground between two piles. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path className="mark-piles" d="M8 3v18M16 3v18M8 18.5h8" />
      <path className="mark-water" d="M1.5 9c1.2-1 2.6-1 3.6 0M18.9 9c1.2-1 2.6-1 3.6 0M1.5 13.5c1.2-1 2.6-1 3.6 0M18.9 13.5c1.2-1 2.6-1 3.6 0" />
    </svg>
  );
}

export const Plus = () => <Drawn path="M8 3v10M3 8h10" />;
export const Cross = () => <Drawn path="M4 4l8 8M12 4l-8 8" />;
export const Menu = () => <Drawn path="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />;
export const Sun = () => <Drawn path="M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8 13 13M13 3l-1.2 1.2M4.2 11.8 3 13" />;
export const Moon = () => <Drawn path="M13.5 9.6A5.8 5.8 0 1 1 6.4 2.5a4.6 4.6 0 0 0 7.1 7.1z" />;
export const Screen = () => <Drawn path="M2 3h12v8H2zM6 14h4M8 11v3" />;
export const Door = () => <Drawn path="M9.5 2.5H3v11h6.5M6.5 8H14M11.5 5.5 14 8l-2.5 2.5" />;
export const Bin = () => <Drawn path="M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.7 9h6.6l.7-9M6.7 7v4M9.3 7v4" />;
export const Check = () => <Drawn path="M3 8.5 6.5 12 13 4.5" />;
export const Find = () => <Drawn path="M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.3 10.3l3.4 3.4" />;
export const Ear = () => <Drawn path="M8 2v2.5M3 5.5 8 6.3l5-.8M8 6.3v3L5.3 14M8 9.3l2.7 4.7" />;
export const Up = () => <Drawn path="M3.5 10 8 5.5l4.5 4.5" />;
export const Down = () => <Drawn path="M3.5 6 8 10.5 12.5 6" />;
export const Copy = () => <Drawn path="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />;
export const Key = () => <Drawn path="M4.8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M7.6 8H14v2.6M11.3 8v2" />;
export const Passkey = () => <Drawn path="M6 2.5a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8M1.8 13.5c0-2.4 1.8-4 4.2-4 .9 0 1.7.2 2.4.6M12 6.3a1.9 1.9 0 0 0-.7 3.6v3.6l.9.9.9-.9-.6-.9.6-.9-.5-.7a1.9 1.9 0 0 0-.6-4.7" />;
export const Provider = () => <Drawn path="M8 2 3 4v4c0 3 2 5 5 6 3-1 5-3 5-6V4zM5.8 8l1.6 1.6L10.4 6.6" />;
export const Chain = () => <Drawn path="M6.7 9.3a2.6 2.6 0 0 0 3.7 0l2.4-2.4a2.6 2.6 0 0 0-3.7-3.7L8 4.3M9.3 6.7a2.6 2.6 0 0 0-3.7 0L3.2 9.1a2.6 2.6 0 0 0 3.7 3.7L8 11.7" />;
export const People = () => <Drawn path="M6 3a2.3 2.3 0 1 0 0 4.6A2.3 2.3 0 0 0 6 3M1.8 13c0-2.3 1.8-3.7 4.2-3.7s4.2 1.4 4.2 3.7M10.5 3.2a2.2 2.2 0 0 1 0 4.2M11.8 9.6c1.5.5 2.4 1.7 2.4 3.4" />;
export const Activity = () => <Drawn path="M1.5 8h3l2-5 3 10 2-5h3" />;
export const Sliders = () => <Drawn path="M2.5 4.5h6M11.5 4.5h2M2.5 11.5h2M7.5 11.5h6M10 3v3M6 10v3" />;
export const Book = () => <Drawn path="M3 2.5h8.5a1.5 1.5 0 0 1 1.5 1.5v9.5H4.5A1.5 1.5 0 0 1 3 12zM3 12a1.5 1.5 0 0 1 1.5-1.5H13" />;
export const Ledger = () => <Drawn path="M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h3" />;
export const Device = () => <Drawn path="M3 3.5h10v7H3zM1.5 12.5h13" />;
export const Program = () => <Drawn path="M2 3h12v10H2zM4.5 6l2 2-2 2M8 10h3.5" />;
export const Bell = () => <Drawn path="M4 11.5V7a4 4 0 0 1 8 0v4.5l1 1H3zM6.5 14h3" />;
