// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.stack.process.StartFailure;
import dev.cofferdam.testkit.WebAuthority;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicDoorTest {
  private static WebAuthority authority;
  private static WebAuthority.Pair pair;

  @BeforeAll
  static void issue() {
    authority = new WebAuthority();
    pair = authority.issue("DNS:coffer.example", "DNS:*.coffer.example", "IP:192.0.2.7");
  }

  @AfterAll
  static void close() {
    authority.close();
  }

  /** Words as {@code listen=… origin=… tls=yes proxy=…}. */
  private static PublicDoor door(String line) {
    Optional<String> listen = Optional.empty();
    Optional<String> origin = Optional.empty();
    Optional<Path> certificate = Optional.empty();
    Optional<Path> key = Optional.empty();
    List<String> proxies = new ArrayList<>();
    for (String word : line.strip().split(" +")) {
      String[] halves = word.split("=", 2);
      switch (halves[0]) {
        case "listen" -> listen = Optional.of(halves[1]);
        case "origin" -> origin = Optional.of(halves[1]);
        case "proxy" -> proxies.add(halves[1]);
        case "cert" -> certificate = Optional.of(pair.certificate());
        case "key" -> key = Optional.of(pair.key());
        default -> assertThat(word).isEmpty();
      }
    }
    return PublicDoor.of(
        new DoorWords(8484, listen, origin, certificate, key, proxies), InstantSource.system());
  }

  @Test
  void isPlainOnLoopbackUnlessToldOtherwise() {
    PublicDoor door = PublicDoor.of(DoorWords.local(8484), InstantSource.system());
    assertThat(door.listen().isLoopbackAddress()).isTrue();
    assertThat(door.origin()).hasToString("http://localhost:8484");
    assertThat(door.settings()).doesNotContainKey("coffer.trusted-proxies");
  }

  @ParameterizedTest
  @CsvSource({
    "listen=0.0.0.0 origin=https://coffer.example cert key, https://coffer.example",
    "origin=HTTPS://Coffer.Example:443 cert key, https://coffer.example",
    "listen=:: origin=https://sub.coffer.example:8443 cert key, https://sub.coffer.example:8443",
    "origin=https://192.0.2.7 cert key, https://192.0.2.7",
    "listen=10.1.2.3 origin=https://a.example proxy=10.1.0.0/16, https://a.example",
    "origin=https://a.example proxy=127.0.0.1 proxy=::1, https://a.example",
    "origin=http://localhost:9000, http://localhost:9000"
  })
  void hasTheOriginThatBrowsersWrite(String words, String origin) {
    PublicDoor door = door(words);
    assertThat(door.origin()).hasToString(origin);
    assertThat(door.settings()).containsEntry("coffer.public.origin", origin);
    assertThat(door.certificates().isPresent()).isEqualTo(words.contains("cert"));
    assertThat(door.settings().containsKey("coffer.trusted-proxies"))
        .isEqualTo(words.contains("proxy"));
  }

  @ParameterizedTest
  @CsvSource({
    "listen=0.0.0.0, --origin",
    "listen=0.0.0.0 origin=http://localhost:8484, --tls-cert",
    "listen=192.0.2.1 origin=https://coffer.example, --behind-proxy",
    "origin=https://coffer.example, --tls-cert",
    "origin=http://coffer.example, https://",
    "origin=http://127.0.0.1:8484, https://",
    "origin=http://localhost.evil.example, https://",
    "origin=http://localhost:8484 cert key, https://",
    "origin=http://localhost:8484 proxy=127.0.0.1, https://",
    "cert key, --origin",
    "proxy=10.0.0.1, --origin",
    "origin=https://coffer.example cert, --tls-key",
    "origin=https://coffer.example key, --tls-cert",
    "origin=https://evil.example cert key, --tls-cert",
    "origin=https://a.b.coffer.example cert key, --tls-cert",
    "origin=https://192.0.2.8 cert key, --tls-cert"
  })
  void refusesWhatIsNotSafeInOneLineWithTheFix(String words, String fix) {
    assertThatThrownBy(() -> door(words))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(fix)
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "coffer.example",
        "ftp://coffer.example",
        "https://",
        "https://coffer.example/",
        "https://coffer.example/path",
        "https://me@coffer.example",
        "https://coffer.example?q",
        "https://coffer.example#f",
        "https://coffer example",
        "https://*.coffer.example"
      })
  void takesNothingButAnOrigin(String origin) {
    DoorWords words =
        new DoorWords(
            8484,
            Optional.empty(),
            Optional.of(origin),
            Optional.of(pair.certificate()),
            Optional.of(pair.key()),
            List.of());
    assertThatThrownBy(() -> PublicDoor.of(words, InstantSource.system()))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("--origin takes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "eth0", "1.2.3", "0x7f.1", "1.2.3.256", "", "127.0.0.1:80"})
  void listensOnAddressesAlone(String listen) {
    assertThatThrownBy(() -> door("listen=" + listen))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("--listen takes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy",
        "0.0.0.0/0",
        "10.0.0.0/7",
        "10.0.0.0/33",
        "::/0",
        "10.0.0.1/",
        "",
        "1.2.3"
      })
  void believesNoNetworkThatIsEverybodys(String proxy) {
    assertThatThrownBy(() -> door("origin=https://coffer.example proxy=" + proxy))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("--behind-proxy takes");
  }
}
