// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.gateway.door.DoorWithAGap;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.testkit.RequestPrice;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** Measures what it costs here to know whose list is asked for: bench/README. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
@QuarkusTestResource(value = QuickWorkspaces.class, restrictToAnnotatedClass = true)
@TestProfile(ListPrice.WithAndWithout.class)
class ListPrice {
  private static final Logger LOG = Logger.getLogger(ListPrice.class);
  private static final int TURNS = Integer.getInteger("price.turns", 8);
  private static final int WARM = Integer.getInteger("price.warm", 40_000);
  private static final int TURN = Integer.getInteger("price.turn", 4_000);

  /** Has the routes that ask nobody. */
  public static final class WithAndWithout implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          UncheckedList.WANTED,
          "true",
          DoorWithAGap.WANTED,
          "true",
          "quarkus.arc.exclude-types",
          "dev.cofferdam.gateway.door.Door");
    }
  }

  Stage stage;

  @Test
  void ofKnowingWhoAsks() {
    compareWith(UncheckedList.BEHIND_THE_DOOR, "behind the same door");
  }

  /** With the rules of Host, Origin and the like. */
  @Test
  void ofTheDoorToo() {
    compareWith(DoorWithAGap.GAP, "ahead of it");
  }

  private void compareWith(String unchecked, String where) {
    String with = get("/api/workspaces", "Cookie: " + stage.newBrowser().cookie() + "\r\n");
    RequestPrice.Seen seen =
        new RequestPrice(stage.port(), QuickWorkspaces.THREADS)
            .compare(with, get(unchecked, ""), WARM, TURNS, TURN);
    LOG.infof("a list of one, in terminal-gateway, against one %s: %s", where, seen);
    assertThat(seen.rate()).isPositive();
  }

  private String get(String target, String header) {
    String host = stage.origin().substring("http://".length());
    return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + header + "\r\n";
  }
}
