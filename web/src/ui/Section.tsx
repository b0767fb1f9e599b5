// SPDX-License-Identifier: Apache-2.0
import { useId, type ReactNode } from 'react';

interface Props {
  title: string;
  /** What this is for, in a sentence or two. */
  lead?: ReactNode;
  action?: ReactNode;
  testId?: string;
  children: ReactNode;
}

export function Section({ title, lead, action, testId, children }: Props) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id} data-testid={testId}>
      <header className="section-head">
        <h2 id={id}>{title}</h2>
        {action}
      </header>
      {lead && <p className="section-lead soft">{lead}</p>}
      {children}
    </section>
  );
}
