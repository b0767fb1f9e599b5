// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
  private static final String URL = "https://alerts.example/x";
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private record Given(
      int manyRefusals,
      int manyRefusalsMinutes,
      Optional<String> webhookUrl,
      Optional<String> webhookSecret)
      implements AlertConfig {}

  private static AlertConfig config(@Nullable String url, @Nullable String secret) {
    return new Given(20, 5, Optional.ofNullable(url), Optional.ofNullable(secret));
  }

  /** The example of the Standard Webhooks specification's reference libraries. */
  @Test
  void signsAsTheSpecificationHasIt() {
    Webhook webhook = Webhook.of(config(URL, SECRET)).orElseThrow();
    assertThat(
            webhook.signature(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1_614_265_330),
                "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void thereMayBeNone() {
    assertThat(Webhook.of(config(null, null))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://alerts.example/x",
        "http://localhost/x",
        "http://192.0.2.1/",
        "ftp://alerts.example/",
        "https://user:secret@alerts.example/",
        "https:///x",
        "alerts",
        "https://a b/",
      })
  void refusesPlacesThatAreNotSafe(String url) {
    assertThatThrownBy(() -> Webhook.of(config(url, SECRET)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("coffer.alerts.webhook-url")
        .hasMessageNotContaining("secret@");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8080/x", "http://[::1]/x", "https://192.0.2.1/"})
  void takesPlacesThatAre(String url) {
    assertThat(Webhook.of(config(url, SECRET)).orElseThrow().url()).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!"})
  void refusesSecretsThatAreWeak(String secret) {
    assertThatThrownBy(() -> Webhook.of(config(URL, secret)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("coffer.alerts.webhook-secret");
  }

  @Test
  void oneWithoutTheOtherIsAMistake() {
    assertThatThrownBy(() -> Webhook.of(config(URL, null))).hasMessageContaining("webhook-secret");
    assertThatThrownBy(() -> Webhook.of(config(null, SECRET))).hasMessageContaining("webhook-url");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5, many-refusals",
    "20, 0, many-refusals-minutes",
    "20, 61, many-refusals-minutes"
  })
  void settingsOutOfRangeAreNamed(int many, int minutes, String key) {
    AlertConfig config = new Given(many, minutes, Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> AlertSettings.check(config))
        .hasMessageContaining("coffer.alerts." + key + " is ");
  }

  @Test
  void triesAgainLaterAndLater() {
    assertThat(Deliveries.pause(1)).isEqualTo(Duration.ofSeconds(5));
    assertThat(Deliveries.pause(3)).isEqualTo(Duration.ofSeconds(80));
    assertThat(Deliveries.pause(Deliveries.MOST_ATTEMPTS)).isEqualTo(Duration.ofHours(2));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.0/24",
    "2001:db8:7:1::9, 2001:db8:7:0:0:0:0:0/48",
    "::ffff:192.0.2.7, 192.0.2.0/24",
    "nowhere, nowhere",
  })
  void addressesOfOnePlaceAreOneNetwork(String address, String network) {
    assertThat(Network.of(address)).isEqualTo(network);
  }
}
