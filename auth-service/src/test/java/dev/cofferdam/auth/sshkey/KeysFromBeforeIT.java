// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Of keys from before there were proofs, those that have signed in are proven. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class KeysFromBeforeIT {
  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
  private static final int PROOFS = 17;

  @Inject DataSource database;

  @Test
  void thoseThatHaveSignedInAreProven() throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // Tables of this transaction alone, made as they were then.
      statement.execute("set local search_path to pg_temp");
      migrate(statement, 1, PROOFS - 1);
      statement.execute(
          "insert into account (id, name, role, kind, created_at)"
              + " values (gen_random_uuid(), 'ada', 'member', 'person', now());"
              + " insert into ssh_key (id, account_id, name, type, fingerprint, public_key,"
              + " created_at, added_by, last_used_at) select gen_random_uuid(), id, key.name, 'x',"
              + " key.name, '', now(), id, key.used from account,"
              + " (values ('used', now()), ('unused', null)) as key (name, used)"
              + " where account.name = 'ada'");
      migrate(statement, PROOFS, PROOFS);
      assertThat(names(statement, "proven_at = last_used_at")).containsExactly("used");
      assertThat(names(statement, "proven_at is null")).containsExactly("unused");
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static List<String> names(Statement statement, String condition) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet row = statement.executeQuery("select name from ssh_key where " + condition)) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return names;
  }

  private static void migrate(Statement statement, int from, int to) throws Exception {
    try (Stream<Path> all = Files.list(MIGRATIONS)) {
      for (Path file :
          all.filter(file -> version(file) >= from && version(file) <= to)
              .sorted(Comparator.comparingInt(KeysFromBeforeIT::version))
              .toList()) {
        statement.execute(Files.readString(file));
      }
    }
  }

  private static int version(Path file) {
    return Integer.parseInt(file.getFileName().toString().replaceAll("V([0-9]+)__.*", "$1"));
  }
}
