// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.session.Gateway;
import dev.cofferdam.session.GrantDesk;
import dev.cofferdam.session.OwnClock;
import dev.cofferdam.session.Person;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.session.session.Sessions;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that nobody renews, at the last moment before it is over and at the first after. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class LeaseEdgeIT {
  private static final int FORGOTTEN_SECONDS = 45;

  @Inject OwnClock clock;
  @Inject LeaseSweep leases;
  @Inject Sessions sessions;

  private final String sandbox = UUID.randomUUID().toString();

  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;
  Person owner;
  String session;

  /** When it was renewed last: in another thread's time, ahead of all who look by the real one. */
  private Instant renewed;

  @BeforeEach
  void open() {
    owner = new Person(issuer);
    session = owner.open(desk.workspaceOf(owner.id()), sandbox).path("sessionId");
    new Gateway(servers).opened(session);
    renewed = Instant.now().plusSeconds(20).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    assertThat(isRenewedAt(renewed)).isTrue();
  }

  private boolean isRenewedAt(Instant time) {
    boolean[] renewed = {false};
    clock.at(
        time,
        () ->
            renewed[0] =
                sessions.renew(SessionId.parse(session), SandboxId.parse(sandbox)).isPresent());
    return renewed[0];
  }

  @Test
  void isLockedOnceNobodyRenewedItForFortyFiveSeconds() {
    clock.at(renewed.plusSeconds(FORGOTTEN_SECONDS - 1), leases::sweep);
    assertThat(owner.state(session)).isEqualTo("ACTIVE");

    clock.at(renewed.plusSeconds(FORGOTTEN_SECONDS), leases::sweep);
    assertThat(owner.state(session)).as("its last moment").isEqualTo("ACTIVE");

    clock.at(renewed.plusSeconds(FORGOTTEN_SECONDS).plusMillis(1), leases::sweep);
    assertThat(owner.state(session)).isEqualTo("LOCKED");
    assertThat(owner.get("/sessions/" + session).<String>path("reason")).isEqualTo("lease-lost");
  }

  @Test
  void isRenewedUntilThenAndNoLonger() {
    Instant last = renewed.plusSeconds(FORGOTTEN_SECONDS);
    assertThat(isRenewedAt(last)).isTrue();

    assertThat(isRenewedAt(last.plusSeconds(FORGOTTEN_SECONDS).plusMillis(1))).isFalse();
  }
}
