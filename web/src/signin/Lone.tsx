// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import { Mark } from '../ui/icons';

/** A page without the rail: for people who are not signed in. */
export function Lone({ children, testId }: { children: ReactNode; testId?: string }) {
  return (
    <main className="lone" data-testid={testId}>
      <h1 className="brand">
        <Mark size={30} /> Cofferdam
      </h1>
      {children}
    </main>
  );
}
