// SPDX-License-Identifier: Apache-2.0
import { sizeWords } from '../state/storage';
import { useLoaded } from '../state/useLoaded';

/** What one person's workspaces take of the disk. */
export interface PersonStorageAnswer {
  readonly userId: string;
  readonly usedBytes: number;
  readonly workspaces: number;
}

/** "1.2 GiB used in 3 workspaces, as last counted while they were open." */
export function takenWords(all: readonly PersonStorageAnswer[], userId: string): string {
  const own = all.find((one) => one.userId === userId);
  if (!own) return 'Nothing used yet.';
  const [where, were] = own.workspaces === 1 ? ['1 workspace', 'it was'] : [`${own.workspaces} workspaces`, 'they were'];
  return `${sizeWords(own.usedBytes)} used in ${where}, as last counted while ${were} open.`;
}

/** Nothing while it is not known: the quota can be changed without it. */
export function PersonStorage({ userId }: { userId: string }) {
  const all = useLoaded<PersonStorageAnswer[]>('/api/storage/people');
  if (!all.data) return null;
  return (
    <p className="note" data-testid="person-storage">
      {takenWords(all.data, userId)}
    </p>
  );
}
