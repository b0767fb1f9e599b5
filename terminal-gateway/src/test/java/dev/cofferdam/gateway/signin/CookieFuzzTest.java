// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.cofferdam.testkit.GuidedFuzz;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Guided changes to headers with our cookie, 20 seconds; {@code -Dcoffer.fuzz=PT1H} for longer.
 * Whatever is sent, nothing is thrown, and what is taken is there in full and once.
 */
class CookieFuzzTest {
  private static final String SECRET = "A-_9".repeat(10) + "abc";

  @Test
  void takesOneWholeCookieOrNone() {
    GuidedFuzz.run(
        FuzzedCookie.class,
        Stream.of(
                "__Host-coffer=" + SECRET,
                "a=b; __Host-coffer=" + SECRET + "; c=d",
                "__Host-coffer=" + SECRET + ";__Host-coffer=" + SECRET)
            .map(header -> header.getBytes(ISO_8859_1))
            .toList());
  }
}
