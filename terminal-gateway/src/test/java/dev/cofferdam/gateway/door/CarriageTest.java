// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.problems.Problem;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CarriageTest {
  private static final List<String> HTTPS = List.of("https");

  private static Carriage carriage(String origin, String... proxies) {
    return new Carriage(
        new PublicOrigin(URI.create(origin)),
        new TrustedProxies(Optional.of(List.of(proxies)).filter(list -> !list.isEmpty())));
  }

  private static int status(Optional<Problem> refusal) {
    return refusal.map(Problem::status).orElse(200);
  }

  @Test
  void behindAProxyOnlyWhatItCarriedSafelyIsTaken() {
    Carriage carriage = carriage("https://coffer.example", "10.1.0.0/16", "::1");
    assertThat(status(carriage.refusal("10.1.2.3", HTTPS))).isEqualTo(200);
    assertThat(status(carriage.refusal("::1", HTTPS))).isEqualTo(200);
    assertThat(status(carriage.refusal("10.2.0.1", HTTPS))).isEqualTo(421);
    assertThat(status(carriage.refusal("127.0.0.1", HTTPS))).isEqualTo(421);
    assertThat(status(carriage.refusal("", HTTPS))).isEqualTo(421);
    assertThat(carriage.refusal("10.2.0.1", HTTPS))
        .hasValueSatisfying(p -> assertThat(p.detail()).contains("https://coffer.example"));
  }

  @Test
  void theProxyMustSayOnceThatItWasHttps() {
    Carriage carriage = carriage("https://coffer.example", "10.1.2.3");
    for (List<String> said :
        List.of(
            List.<String>of(),
            List.of("http"),
            List.of("https, http"),
            List.of("https", "http"),
            List.of("https", "https"),
            List.of("HTTPS "),
            List.of(""))) {
      assertThat(status(carriage.refusal("10.1.2.3", said))).as("%s", said).isEqualTo(421);
    }
  }

  @Test
  void withoutAProxyNobodyHasToSayAnything() {
    assertThat(carriage("http://localhost:8484").refusal("127.0.0.1", List.of())).isEmpty();
    assertThat(carriage("https://coffer.example").refusal("192.0.2.1", List.of())).isEmpty();
  }
}
