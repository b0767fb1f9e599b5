// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.security.Key;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class RememberedTokensTest {
  private static final long EXPIRES = 1_000_300;

  private final Map<String, Key> published = new HashMap<>(Map.of("k1", key(1), "k2", key(2)));
  private final RememberedTokens<String> tokens =
      new RememberedTokens<>(id -> Optional.ofNullable(published.get(id)));

  private static Key key(int value) {
    return new SecretKeySpec(new byte[] {(byte) value}, "none");
  }

  @Test
  void knowsWhatWasVerifiedAndNothingElse() {
    tokens.remember("a.b.c", "ada", "k1", EXPIRES);
    assertThat(tokens.find("a.b.c", EXPIRES - 300)).contains("ada");
    assertThat(tokens.find("a.b.d", EXPIRES - 300)).isEmpty();
  }

  @Test
  void forgetsItInTheVerySecondThatItExpires() {
    tokens.remember("a.b.c", "ada", "k1", EXPIRES);
    assertThat(tokens.find("a.b.c", EXPIRES - 1)).contains("ada");
    assertThat(tokens.find("a.b.c", EXPIRES)).isEmpty();
    assertThat(tokens.find("a.b.c", EXPIRES - 1)).isEmpty();
  }

  @Test
  void aKeyThatIsWithdrawnTakesItsTokensWithIt() {
    tokens.remember("a.b.c", "ada", "k1", EXPIRES);
    tokens.remember("d.e.f", "bob", "k2", EXPIRES);
    published.remove("k1");
    assertThat(tokens.find("a.b.c", EXPIRES - 1)).isEmpty();
    assertThat(tokens.find("d.e.f", EXPIRES - 1)).contains("bob");
  }

  @Test
  void anotherKeyOfTheSameIdIsAnotherKey() {
    tokens.remember("a.b.c", "ada", "k1", EXPIRES);
    published.put("k1", key(3));
    assertThat(tokens.find("a.b.c", EXPIRES - 1)).isEmpty();
  }

  private Optional<String> atHand(String token, long nowSeconds) {
    return tokens.findAtHand(token, id -> Optional.ofNullable(published.get(id)), nowSeconds);
  }

  @Test
  void whatIsAtHandIsAsGoodAsWhatIsFound() {
    tokens.remember("a.b.c", "ada", "k1", EXPIRES);
    assertThat(atHand("a.b.c", EXPIRES - 1)).contains("ada");
    assertThat(atHand("a.b.d", EXPIRES - 1)).isEmpty();
    assertThat(atHand("a.b.c", EXPIRES)).isEmpty();
    published.remove("k1");
    assertThat(atHand("a.b.c", EXPIRES - 1)).isEmpty();
  }

  @Test
  void nothingIsAtHandWhileItsKeyIsNot() {
    tokens.remember("a.b.c", "ada", "k1", EXPIRES);
    assertThat(tokens.findAtHand("a.b.c", id -> Optional.empty(), EXPIRES - 1)).isEmpty();
    assertThat(tokens.find("a.b.c", EXPIRES - 1)).contains("ada");
  }

  @Test
  void lookingOneUpTakesNoMoreMemoryThanAFewKilobytes() {
    String token = "a".repeat(900);
    tokens.remember(token, "ada", "k1", EXPIRES);
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    atHand(token, EXPIRES - 1);
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1000; i++) {
      atHand(token, EXPIRES - 1);
    }
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / 1000;
    assertThat(each).isLessThan(4096);
  }

  @Test
  void theOneUsedLongestAgoMakesRoom() {
    for (int i = 0; i < RememberedTokens.MOST; i++) {
      tokens.remember("t" + i, "ada", "k1", EXPIRES);
    }
    assertThat(tokens.find("t0", EXPIRES - 1)).contains("ada");
    tokens.remember("one more", "ada", "k1", EXPIRES);
    assertThat(tokens.find("t0", EXPIRES - 1)).contains("ada");
    assertThat(tokens.find("t1", EXPIRES - 1)).isEmpty();
  }
}
