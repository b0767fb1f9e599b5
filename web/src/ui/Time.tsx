// SPDX-License-Identifier: Apache-2.0
import { ago, exact } from './times';

/** "3 days ago", with the exact time for whoever points at it or asks a screen reader. */
export function Ago({ at }: { at: string }) {
  return (
    <time dateTime={at} title={exact(at)} className="tabular">
      {ago(at)}
    </time>
  );
}
