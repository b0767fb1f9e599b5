// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ProviderHttpTest {
  private final ProviderHttp http = new ProviderHttp(new AddressRule(true));

  @Test
  void refusesPlainHttp() {
    ProviderHttp strict = new ProviderHttp(new AddressRule(false));
    for (String address : new String[] {"http://127.0.0.1:1/", "http://example.org/", "ftp://x/"}) {
      assertThatThrownBy(() -> strict.get(URI.create(address), Map.of()))
          .isInstanceOf(ProviderFailure.class)
          .hasMessageContaining("not https");
    }
    assertThatThrownBy(() -> http.get(URI.create("http://example.org/"), Map.of()))
        .hasMessageContaining("not https");
  }

  @Test
  void followsNoRedirect() {
    try (StandIn server = new StandIn()) {
      server.on("/", asked -> new StandIn.Said(302, Map.of()));
      assertThat(http.get(URI.create(server.address() + "/a"), Map.of()).isOk()).isFalse();
    }
  }

  @Test
  void readsNoMoreThanItsBound() {
    try (StandIn server = new StandIn()) {
      server.on("/", asked -> StandIn.Said.ok("x".repeat(ProviderHttp.LARGEST_BYTES + 1)));
      assertThatThrownBy(() -> http.get(URI.create(server.address() + "/"), Map.of()))
          .isInstanceOf(ProviderFailure.class);
    }
  }

  @Test
  void waitsNoLongerThanItsBound() {
    CountDownLatch never = new CountDownLatch(1);
    try (StandIn server = new StandIn()) {
      server.on(
          "/",
          asked -> {
            never.await();
            return StandIn.Said.ok("");
          });
      Instant begun = Instant.now();
      assertThatThrownBy(() -> http.get(URI.create(server.address() + "/"), Map.of()))
          .isInstanceOf(ProviderFailure.class);
      assertThat(Duration.between(begun, Instant.now()))
          .isLessThan(ProviderHttp.LONGEST.multipliedBy(3));
    } finally {
      never.countDown();
    }
  }
}
