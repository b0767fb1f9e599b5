// SPDX-License-Identifier: Apache-2.0
import type { Person } from '../api/identity';
import { useLoaded } from '../state/useLoaded';
import type { AuditEntry, AuditPage } from './ledger';

export interface NamedWorkspace {
  readonly id: string;
  readonly name: string;
  /** Who created it. */
  readonly creator: string;
}

/** The newest 500 that were ever created, as the ledger names them: also others', and those that are gone. */
export function useNamedWorkspaces(): readonly NamedWorkspace[] {
  const created = useLoaded<AuditPage>('/api/audit?kind=workspace-created&limit=500');
  return named(created.data?.entries ?? []);
}

export function named(created: readonly AuditEntry[]): readonly NamedWorkspace[] {
  return created
    .filter((entry) => entry.workspace)
    .map((entry) => ({ id: entry.workspace, name: entry.detail, creator: entry.actor }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** What can be chosen. Several of one name are told apart by who made them and their ids; one without a name has its id. */
export function workspaceOptions(all: readonly NamedWorkspace[], people: readonly Person[], chosen: string): readonly { value: string; text: string }[] {
  const times = new Map<string, number>();
  for (const one of all) times.set(one.name, (times.get(one.name) ?? 0) + 1);
  const options = all.map((one) => ({ value: one.id, text: times.get(one.name) === 1 ? one.name : apart(one, people) }));
  if (chosen && !all.some((one) => one.id === chosen)) options.unshift({ value: chosen, text: chosen });
  return [{ value: '', text: 'All' }, ...options];
}

function apart(one: NamedWorkspace, people: readonly Person[]): string {
  const creator = people.find((person) => person.id === one.creator)?.name;
  return `${one.name} (${creator ? `${creator}, ` : ''}${one.id.slice(0, 8)})`;
}
