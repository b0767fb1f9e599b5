// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule U1: what each service's role can do to the tables of the audit ledger. */
class LedgerTrustIT {
  private static final String REFUSED = "42501";
  private static PostgresServer postgres;

  @BeforeAll
  static void start() throws SQLException {
    postgres = PostgresServer.start();
    try (Connection connection = postgres.attacker();
        Statement statement = connection.createStatement()) {
      statement.execute(insert(0));
      statement.execute(insertHead(1));
    }
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  private static String insert(int seq) {
    return "insert into ledger.entry values (%1$d, 's', %1$d, now(), 'k', '', '', '', '', '', 'allowed', '', '', gen_random_uuid(), sha256(''), sha256(''), '')"
        .formatted(seq);
  }

  private static String insertHead(int size) {
    return "insert into ledger.head values (%d, sha256(''), now(), 1, '')".formatted(size);
  }

  private static Map<String, String> attempts() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("read entry", "select * from ledger.entry");
    all.put("read head", "select * from ledger.head");
    all.put("add entry", insert(1));
    all.put("add head", insertHead(2));
    for (String table : List.of("entry", "head")) {
      String name = "ledger." + table;
      all.put("update " + table, "update " + name + " set at = at");
      all.put("delete " + table, "delete from " + name);
      all.put("truncate " + table, "truncate " + name);
      all.put("lock rows of " + table, "select * from " + name + " for update");
      all.put("lock " + table, "lock table " + name + " in access exclusive mode");
      all.put("alter " + table, "alter table " + name + " add column x int");
      all.put("disable triggers of " + table, "alter table " + name + " disable trigger all");
      all.put("rename " + table, "alter table " + name + " rename to x");
      all.put("own " + table, "alter table " + name + " owner to current_user");
      all.put(
          "give " + table,
          "grant update on " + name + " to current_user; update " + name + " set at = at");
      all.put("drop " + table, "drop table " + name);
      all.put("index " + table, "create index x on " + name + " (at)");
      all.put(
          "trigger on " + table,
          "create trigger x before insert on "
              + name
              + " for each row execute function suppress_redundant_updates_trigger()");
      all.put("rule on " + table, "create rule x as on insert to " + name + " do instead nothing");
      all.put("policy on " + table, "create policy x on " + name);
    }
    all.put("overwrite by conflict", insert(0) + " on conflict (seq) do update set actor = 'x'");
    all.put(
        "merge",
        "merge into ledger.entry e using (select 0 as s) x on e.seq = x.s when matched then delete");
    all.put("table in its schema", "create table ledger.x (i int)");
    all.put("drop its schema", "drop schema ledger cascade");
    all.put("rename its schema", "alter schema ledger rename to x");
    all.put(
        "event trigger",
        "create event trigger x on ddl_command_start execute function pg_catalog.suppress_redundant_updates_trigger()");
    all.put("no triggers at all", "set session_replication_role = replica");
    all.put("edit the catalogue", "update pg_class set relowner = 0 where relname = 'entry'");
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth", "session", "workspace"})
  void aServiceAddsAndReadsAtMost(String service) throws SQLException {
    Set<String> can = new TreeSet<>();
    try (Connection connection = postgres.withRightsOf(service)) {
      connection.setAutoCommit(false);
      for (Map.Entry<String, String> attempt : attempts().entrySet()) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(attempt.getValue());
          can.add(attempt.getKey());
        } catch (SQLException e) {
          assertThat(e.getSQLState())
              .as(attempt.getKey() + ": " + e.getMessage())
              .isEqualTo(REFUSED);
        } finally {
          connection.rollback();
        }
      }
    }
    Set<String> keeper = Set.of("read entry", "read head", "add entry", "add head");
    assertThat(can).isEqualTo(service.equals("session") ? new TreeSet<>(keeper) : Set.of());
  }
}
