// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.session.Gateway;
import dev.cofferdam.session.GrantDesk;
import dev.cofferdam.session.OwnClock;
import dev.cofferdam.session.Person;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.session.maintenance.Maintenance;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** At the last moment before, and at the first at which it is due. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class EdgeIT {
  private static final Duration LONGEST = Duration.ofHours(12);
  private static final Duration MOMENT = Duration.ofMillis(1);

  @Inject OwnClock clock;
  @Inject Expiry expiry;
  @Inject Maintenance maintenance;

  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;
  Person owner;
  String session;

  @BeforeEach
  void open() {
    owner = new Person(issuer);
    session = owner.opening(desk.workspaceOf(owner.id()));
    new Gateway(servers).opened(session);
  }

  @AfterEach
  void over() {
    maintenance.end(Optional.empty());
  }

  private Instant instant(String field) {
    return Instant.parse(owner.get("/sessions/" + session).path(field));
  }

  @Test
  void aSessionIsOpenForTwelveHoursAndNotASecondLonger() {
    Instant opened = instant("openedAt");
    assertThat(instant("endsAt")).isEqualTo(opened.plus(LONGEST));

    clock.at(opened.plusSeconds(43_199), expiry::sweep);
    assertThat(owner.state(session)).isEqualTo("ACTIVE");

    clock.at(opened.plusSeconds(43_200), expiry::sweep);
    assertThat(owner.state(session)).isEqualTo("LOCKING");
  }

  @Test
  void maintenanceLocksAtItsTimeAndNotAMomentEarlier() {
    Instant locksAt = maintenance.plan(Duration.ofHours(1), "", Optional.empty()).locksAt();

    clock.at(locksAt.minus(MOMENT), expiry::sweep);
    assertThat(owner.state(session)).isEqualTo("ACTIVE");

    clock.at(locksAt, expiry::sweep);
    assertThat(owner.state(session)).isEqualTo("LOCKING");
  }
}
