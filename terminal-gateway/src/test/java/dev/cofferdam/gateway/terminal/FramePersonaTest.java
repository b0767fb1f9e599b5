// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.gateway.session.OpenSession;
import dev.cofferdam.gateway.stage.PersonaBrowsers;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.testkit.permission.PermissionTable;
import dev.cofferdam.testkit.permission.PermissionTable.Row;
import dev.cofferdam.testkit.permission.Persona;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each frame that a client may send, from everybody, as docs/api/permissions.md says. */
class FramePersonaTest {
  @Test
  void eachFramePassesForWhomTheTableLetsIt() {
    UserId owner = UserId.random();
    OpenSession session =
        new OpenSession(
            SessionId.random(),
            WorkspaceId.random(),
            owner,
            SandboxId.random(),
            Optional.empty(),
            "/x",
            "then");
    for (Row row : PermissionTable.ofService("terminal-gateway")) {
      if (row.method().equals("SOCKET")) {
        for (Persona persona : Persona.values()) {
          SocketTickets.Grant grant =
              new SocketTickets.Grant(
                  PersonaBrowsers.of(persona, owner, row.action()),
                  session,
                  1,
                  "ticket",
                  Instant.MAX);
          assertThat(grant.isAllowed(Instant.now()))
              .as(row.route() + " " + persona)
              .isEqualTo(row.answers().get(persona).equals("yes"));
        }
      }
    }
  }
}
