// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.testkit.RequestPrice;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.workspace.Person;
import dev.cofferdam.workspace.WorkspaceServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.util.Map;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** Measures what it costs here to know who asks for their list and what they may: bench/README. */
@QuarkusTest
@QuarkusTestResource(WorkspaceServers.class)
@TestProfile(ListPrice.WithAndWithout.class)
class ListPrice {
  private static final Logger LOG = Logger.getLogger(ListPrice.class);
  private static final int TURNS = Integer.getInteger("price.turns", 8);
  private static final int WARM = Integer.getInteger("price.warm", 40_000);
  private static final int TURN = 4_000;

  /** Has the route that asks nobody. */
  public static final class WithAndWithout implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(UncheckedList.WANTED, "true");
    }
  }

  TokenIssuer issuer;

  @Test
  void ofKnowingWhoAsks() {
    Person person = new Person(issuer);
    person.create("one");
    String token = issuer.token(person.id().toString(), "workspace-service");
    String with = get("/workspaces", "Authorization: Bearer " + token + "\r\n");
    String without = get(UncheckedList.PLACE + "?owner=" + person.id(), "");
    RequestPrice.Seen seen =
        new RequestPrice(RestAssured.port, "HTTP-Dispatcher")
            .compare(with, without, WARM, TURNS, TURN);
    LOG.infof("a list of one, in workspace-service: %s", seen);
    assertThat(seen.rate()).isPositive();
  }

  private static String get(String target, String header) {
    return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + header + "\r\n";
  }
}
