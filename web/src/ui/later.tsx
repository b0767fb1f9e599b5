// SPDX-License-Identifier: Apache-2.0
import { lazy, type ComponentType, type ReactNode } from 'react';

/** A part of the page whose file could not be had: no network, or another version is served by now. */
export class NotLoaded extends Error {
  constructor(
    /** React keeps a failure for good; after this the next one who shows the part asks anew. */
    readonly forget: () => void,
    cause: unknown,
  ) {
    super('A part of the page was not loaded', { cause });
  }
}

/** A part of the page that is loaded when it is first shown, and that can be tried again. */
export function later<P extends object>(load: () => Promise<{ default: (props: P) => ReactNode }>): ComponentType<P> {
  const attempt = () =>
    lazy(() =>
      load().catch((cause: unknown): never => {
        throw new NotLoaded(() => (Part = attempt()), cause);
      }),
    );
  let Part: ComponentType<P> = attempt();
  return function Later(props: P) {
    return <Part {...props} />;
  };
}
