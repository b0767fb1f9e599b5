// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownSettingsTest {
  private final KnownSettings gateway = KnownSettings.of("terminal-gateway");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "coffer.lease.every",
        "%prod.coffer.lease.every",
        "coffer.trusted-proxies[0]",
        "coffer.caller.session.secret",
        "COFFER_LEASE_EVERY",
        "COFFER_SIGN_IN_FREE_FAILURES",
        "COFFER_CALLER_SESSION_SECRET",
        "_PROD_COFFER_LEASE_EVERY",
        "quarkus.http.port",
        "QUARKUS_HTTP_PORT",
        "PATH",
        "coffers.lease",
        "",
      })
  void takesWhatThereIsAndWhatIsNotOurs(String name) {
    assertThat(gateway.complaint(List.of(name))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "coffer.lease.evry,coffer.lease.every",
    "coffer.leese.every,coffer.lease.every",
    "coffer.signin.free-failures,coffer.sign-in.free-failures",
    "coffer.trusted-proxy,coffer.trusted-proxies",
    "coffer.lease.every.more,coffer.lease.every",
    "coffer.caller..secret,coffer.caller.*.secret",
    "coffer.Lease.every,coffer.lease.every",
    "%prod.coffer.lease.evry,coffer.lease.every",
    "COFFER_LEASE_EVRY,COFFER_LEASE_EVERY",
    "_PROD_COFFER_LEASE_EVRY,COFFER_LEASE_EVERY",
  })
  void namesWhatThereIsNotWithWhatIsNearest(String name, String nearest) {
    assertThat(gateway.complaint(List.of("coffer.lease.every", name)))
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .startsWith(name + " is no setting of terminal-gateway: did you mean ")
                    .doesNotContain("\n"));
    assertThat(gateway.complaint(List.of(name)).orElseThrow()).endsWith(nearest + "?");
  }

  @Test
  void suggestsNothingThatIsFarAway() {
    assertThat(gateway.complaint(List.of("COFFER_DATA")))
        .hasValue("COFFER_DATA is no setting of terminal-gateway: take it away");
  }

  @Test
  void letsAClusterTellOfAServiceThatIsCalledLikeUs() {
    List<String> told =
        List.of(
            "COFFER_SERVICE_HOST",
            "COFFER_SERVICE_PORT",
            "COFFER_SERVICE_PORT_HTTPS",
            "COFFER_PORT",
            "COFFER_PORT_8484_TCP",
            "COFFER_PORT_8484_TCP_ADDR");
    assertThat(gateway.complaint(told)).isEmpty();
    assertThat(gateway.complaint(List.of("COFFER_PORT"))).isPresent();
    assertThat(gateway.complaint(List.of("COFFER_SERVICE_HOST", "COFFER_LEASE_EVRY"))).isPresent();
  }

  @Test
  void hasOfEachPartItsOwn() {
    assertThat(KnownSettings.of("auth-service").complaint(List.of("coffer.lease.every")))
        .isPresent();
    assertThat(KnownSettings.of("supervisor").complaint(List.of("COFFER_DATA"))).isEmpty();
    assertThat(gateway.and("tests").complaint(List.of("coffer.tools", "coffer.lease.every")))
        .isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> KnownSettings.of("nobody"));
  }
}
