// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtherOriginsTest {
  private static final PublicOrigin OURS = new PublicOrigin(URI.create("https://coffer.example"));

  private static OtherOrigins named(String... origins) {
    return new OtherOrigins(Optional.of(List.of(origins)), OURS);
  }

  private static Asked asked(String path, Asked.Credentials credentials, String... origins) {
    return new Asked(
        "GET",
        path,
        List.of("coffer.example"),
        List.of(origins),
        Optional.of("cross-site"),
        Optional.of("cors"),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        credentials);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://tools.example",
        "https://tools.example:8443",
        "https://xn--bcher-kva.example",
        "https://10.0.0.1",
        "https://[2001:db8::1]:8443",
        "http://localhost:3000",
        "http://127.0.0.1",
        "http://[::1]:3000"
      })
  void takesAnOriginAsABrowserWritesIt(String origin) {
    OtherOrigins others = named(origin);
    assertThat(others.exist()).isTrue();
    assertThat(others.admit(asked("/api/me", Asked.Credentials.AUTHORIZATION, origin))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "*,write it as browsers do",
    "null,write it as browsers do",
    "https://*.example,write it as browsers do",
    "https://tools.example/,write it as browsers do",
    "https://tools.example/api,write it as browsers do",
    "https://tools.example?a,write it as browsers do",
    "https://ada@tools.example,write it as browsers do",
    "https://Tools.example,write it as browsers do",
    "HTTPS://tools.example,write it as browsers do",
    "https://bücher.example,write it as browsers do",
    "https://tools..example,write it as browsers do",
    "https://.example,write it as browsers do",
    "https://tools.example:0443,write it as browsers do",
    "https://tools.example:x,write it as browsers do",
    "tools.example,write it as browsers do",
    "wss://tools.example,write it as browsers do",
    "file://,write it as browsers do",
    "'',write it as browsers do",
    "http://tools.example,make it https://",
    "http://localhost.tools.example,make it https://",
    "http://127.0.0.2,make it https://",
    "https://tools.example:443,leave out the port",
    "http://localhost:80,leave out the port",
    "https://coffer.example,it is our own",
  })
  void refusesAnythingElseInOneLineWithTheFix(String origin, String fix) {
    assertThatThrownBy(() -> named("https://good.example", origin))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("coffer.cors.origins: " + origin + ": ")
        .hasMessageContaining(fix)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void takesFiftyAndNoMore() {
    String[] many = IntStream.range(0, 51).mapToObj(n -> "https://t" + n).toArray(String[]::new);
    assertThat(named(java.util.Arrays.copyOf(many, 50)).exist()).isTrue();
    assertThatThrownBy(() -> named(many))
        .hasMessage("coffer.cors.origins has more than 50 origins");
  }

  @Test
  void areNoneUnlessNamed() {
    OtherOrigins none = new OtherOrigins(Optional.empty(), OURS);
    assertThat(none.exist()).isFalse();
    assertThat(none.include(asked("/api/me", Asked.Credentials.AUTHORIZATION, "https://a.b")))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://tools.example:8443",
        "http://tools.example",
        "https://a.tools.example",
        "https://example",
        "https://tools.example.evil.example",
        "https://eviltools.example",
        "https://tools.exampl",
        "https://TOOLS.example",
        "https://tools.example/",
        "https://tools.example.",
        "null",
        ""
      })
  void includeExactlyWhatWasNamed(String origin) {
    OtherOrigins others = named("https://tools.example");
    assertThat(others.include(asked("/api/me", Asked.Credentials.AUTHORIZATION, origin))).isFalse();
  }

  @Test
  void includeNobodyWhoSaysTwoOriginsOrNone() {
    OtherOrigins others = named("https://tools.example", "https://a.example");
    Asked.Credentials key = Asked.Credentials.AUTHORIZATION;
    assertThat(others.include(asked("/api/me", key))).isFalse();
    assertThat(others.include(asked("/api/me", key, "https://a.example", "https://tools.example")))
        .isFalse();
  }

  @Test
  void admitNothingByACookieAndNothingOfOurPageAlone() {
    OtherOrigins others = named("https://tools.example");
    for (Asked.Credentials shown :
        List.of(Asked.Credentials.NONE_OR_COOKIE, Asked.Credentials.BOTH)) {
      assertThat(others.admit(asked("/api/me", shown, "https://tools.example"))).isFalse();
    }
    for (String path :
        List.of(
            "/",
            "/assets/index.js",
            "/apis",
            "/api/sign-in",
            "/api/sign-in/tokens",
            "/api/sign-out",
            "/api/terminal")) {
      assertThat(
              others.include(asked(path, Asked.Credentials.AUTHORIZATION, "https://tools.example")))
          .as(path)
          .isFalse();
    }
    assertThat(
            others.admit(
                asked("/api/sign-ins", Asked.Credentials.AUTHORIZATION, "https://tools.example")))
        .isTrue();
  }
}
