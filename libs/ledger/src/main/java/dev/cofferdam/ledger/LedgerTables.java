// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import java.util.List;

/**
 * The ledger in PostgreSQL. Its tables belong to the superuser, as whom nobody can sign in, so that
 * a service's role may add and read and nothing else: it is not the owner, who could give itself
 * more.
 */
public final class LedgerTables {
  private static final String ENTRY =
      "create table if not exists ledger.entry (seq bigint primary key check (seq >= 0),"
          + " stream text not null check (stream <> ''), stream_sequence bigint not null, at timestamptz not null,"
          + " kind text not null check (kind <> ''), actor text not null, credential text not null,"
          + " address text not null, workspace text not null, subject text not null,"
          + " outcome text not null check (outcome in ('allowed', 'refused')),"
          + " reason text not null, detail text not null, event uuid not null unique,"
          + " prev bytea not null check (length(prev) = 32),"
          + " hash bytea not null check (length(hash) = 32), nodes bytea not null,"
          + " unique (stream, stream_sequence))";
  private static final String HEAD =
      "create table if not exists ledger.head (size bigint primary key check (size > 0),"
          + " root bytea not null check (length(root) = 32), at timestamptz not null,"
          + " key_version int not null, signature text not null)";

  private LedgerTables() {}

  /**
   * Statements that make it, or what is missing of it, for the superuser, a line each, without a
   * semicolon. {@code nodes} are the roots of the subtrees that are complete with an entry, of
   * levels 1, 2 and so on, 32 bytes each.
   *
   * @param role the one that keeps the ledger; it has to be there
   */
  public static List<String> statements(String role) {
    return List.of(
        "create schema if not exists ledger",
        ENTRY,
        HEAD,
        "create index if not exists entry_at on ledger.entry (at)",
        "create index if not exists entry_actor on ledger.entry (actor, seq)",
        "create index if not exists entry_workspace on ledger.entry (workspace, seq)",
        "create index if not exists entry_kind on ledger.entry (kind, seq)",
        "revoke all on schema ledger from public",
        "revoke all on all tables in schema ledger from public",
        "grant usage on schema ledger to " + role,
        "grant select, insert on ledger.entry, ledger.head to " + role);
  }
}
