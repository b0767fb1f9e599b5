// SPDX-License-Identifier: Apache-2.0
import { Ago } from './Time';

/** "Added 3 days ago · never used" */
export function Used({ added, last }: { added: string; last: string | null }) {
  return (
    <p className="faint">
      Added <Ago at={added} />
      {' · '}
      {last ? (
        <>
          last used <Ago at={last} />
        </>
      ) : (
        'never used'
      )}
    </p>
  );
}
