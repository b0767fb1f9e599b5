// SPDX-License-Identifier: Apache-2.0
import { call, Problem } from '../api/http';

/** What the ledger says; what nobody knew is an empty text. */
export interface AuditEntry {
  readonly seq: number;
  readonly stream: string;
  readonly streamSequence: number;
  readonly at: string;
  readonly kind: string;
  readonly actor: string;
  readonly credential: string;
  readonly address: string;
  readonly workspace: string;
  readonly subject: string;
  readonly outcome: 'allowed' | 'refused';
  readonly reason: string;
  readonly detail: string;
  readonly event: string;
  readonly prev: string;
  readonly hash: string;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly next: number | null;
}

export interface AuditHead {
  readonly size: number;
  readonly root: string;
  readonly at: string;
}

export interface Filter {
  readonly actor: string;
  readonly kind: string;
  readonly outcome: string;
  /** Its id. */
  readonly workspace: string;
  /** Days of this device's calendar, as a date field gives them; `to` is the last one meant. */
  readonly from: string;
  readonly to: string;
}

export const NO_FILTER: Filter = { actor: '', kind: '', outcome: '', workspace: '', from: '', to: '' };

/** With its question mark, or empty. */
export function query(filter: Filter, more: Readonly<Record<string, string>> = {}): string {
  const asked = new URLSearchParams(more);
  for (const name of ['actor', 'kind', 'outcome', 'workspace'] as const) if (filter[name]) asked.set(name, filter[name]);
  const from = dayStart(filter.from, 0);
  const to = dayStart(filter.to, 1);
  if (from) asked.set('from', from);
  if (to) asked.set('to', to);
  const text = asked.toString();
  return text && `?${text}`;
}

function dayStart(day: string, later: number): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  return date ? new Date(Number(year), Number(month) - 1, Number(date) + later).toISOString() : '';
}

/** Null while none was signed yet: that takes ten seconds after the first entry. */
export async function newestHead(): Promise<AuditHead | null> {
  try {
    return await call<AuditHead>('GET', '/api/audit/head');
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}
