// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A provider's keys while it is away, and while somebody shows garbage. */
class ProviderKeysTest {
  private final OidcStandIn provider = new OidcStandIn();
  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private final ProviderKeys keys =
      new ProviderKeys(
          () -> URI.create(provider.issuer() + "/keys"),
          new ProviderHttp(new AddressRule(true)),
          () -> now);

  @AfterEach
  void close() {
    provider.close();
  }

  private boolean knows(String token) throws JoseException {
    JsonWebSignature read = (JsonWebSignature) JsonWebStructure.fromCompactSerialization(token);
    return keys.resolveKey(read, List.of()) != null;
  }

  private String good() throws JoseException {
    return provider.logout(Map.of("sub", "s"), now);
  }

  private String garbage() throws JoseException {
    return OidcStandIn.sign(OidcStandIn.key("made-up"), "logout+jwt", Map.of("sub", "s"));
  }

  @Test
  void goOnWhileItIsAway() throws JoseException {
    assertThat(knows(good())).isTrue();
    provider.away = true;
    now = now.plus(ProviderKeys.LONGEST);
    assertThat(knows(good())).isTrue();
    now = now.plus(Kept.RETRY);
    assertThatThrownBy(() -> knows(good())).isInstanceOf(ProviderFailure.class);
  }

  @Test
  void areAskedForOnceHoweverMuchGarbageIsShown() throws JoseException {
    provider.away = true;
    assertThatThrownBy(() -> knows(good())).isInstanceOf(ProviderFailure.class);
    String garbage = garbage();
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> knows(garbage)).isInstanceOf(ProviderFailure.class);
    }
    assertThat(provider.askedForKeys.get()).isEqualTo(1);
  }

  @Test
  void anUnknownOneIsNotWrongBeforeTheyWereAskedForAgain() throws JoseException {
    assertThat(knows(good())).isTrue();
    String garbage = garbage();
    assertThatThrownBy(() -> knows(garbage)).isInstanceOf(JoseException.class);
    assertThatThrownBy(() -> knows(garbage)).isInstanceOf(ProviderFailure.class);
    assertThat(provider.askedForKeys.get()).isEqualTo(2);
    assertThat(knows(good())).isTrue();
  }
}
