// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.testkit.Mutator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Random changes to headers with our cookie, 20 seconds; {@code -Dcoffer.fuzz=PT1H} for longer.
 * Whatever is sent, nothing is thrown, and what is taken is there in full and once.
 */
class CookieFuzzTest {
  private static final Duration TIME = Duration.parse(System.getProperty("coffer.fuzz", "PT20S"));
  private static final String SECRET = "A-_9".repeat(10) + "abc";
  private static final Pattern OURS =
      Pattern.compile("(?:^|;)[\\s\\x1c-\\x1f]*__Host-coffer=([^;]*)");
  private static final int MOST_KEPT = 1000;

  @Test
  void takesOneWholeCookieOrNone() {
    long seed = System.nanoTime();
    Mutator mutator = new Mutator(seed);
    List<byte[]> pool = new ArrayList<>();
    for (String header :
        List.of(
            "__Host-coffer=" + SECRET,
            "a=b; __Host-coffer=" + SECRET + "; c=d",
            "__Host-coffer=" + SECRET + ";__Host-coffer=" + SECRET)) {
      pool.add(header.getBytes(ISO_8859_1));
    }
    long deadline = System.nanoTime() + TIME.toNanos();
    while (System.nanoTime() < deadline) {
      byte[] input = mutator.change(pool.get(mutator.below(pool.size())));
      String header = new String(input, ISO_8859_1);
      try {
        check(header);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + header, e);
      }
      if (pool.size() < MOST_KEPT) {
        pool.add(input);
      }
    }
  }

  private static void check(String header) {
    Optional<String> taken = Cookie.secret(List.of(header));
    if (taken.isPresent()) {
      assertThat(taken.get()).matches("[A-Za-z0-9_-]{43}");
      assertThat(OURS.matcher(header).results().map((MatchResult m) -> m.group(1).strip()))
          .containsExactly(taken.get());
    }
  }
}
