// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

import static org.assertj.core.api.Assertions.assertThat;

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
