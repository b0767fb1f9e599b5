// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.session.SessionServers;
import dev.cofferdam.testkit.Mutator;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.tokenkeys.VerifiedTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Random changes to real tokens, 20 seconds; {@code -Dcoffer.fuzz=PT1H} for longer. What is changed
 * is refused with {@link ParseException} and nothing else. The seed of a run is in the message of
 * its failure; findings become tests in {@link TokenIT}.
 */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class TokenFuzzIT {
  private static final Duration TIME = Duration.parse(System.getProperty("coffer.fuzz", "PT20S"));
  private static final int MOST_KEPT = 1000;

  @Inject VerifiedTokens tokens;
  @Inject JWTAuthContextInfo rules;
  TokenIssuer issuer;

  @Test
  void takesNoTokenThatWasChanged() throws ParseException {
    String token = issuer.token(UUID.randomUUID().toString(), "session-service");
    tokens.parse(token, rules);
    long seed = System.nanoTime();
    Mutator mutator = new Mutator(seed);
    List<byte[]> pool = new ArrayList<>(List.of(token.getBytes(ISO_8859_1)));
    long deadline = System.nanoTime() + TIME.toNanos();
    while (System.nanoTime() < deadline) {
      // Every other time from the real one: what is almost right is where a parser is kind.
      int from = mutator.below(2) == 0 ? 0 : mutator.below(pool.size());
      byte[] input = mutator.change(pool.get(from));
      String changed = new String(input, ISO_8859_1);
      try {
        tokens.parse(changed, rules);
        assertThat(changed).as("what was taken").isEqualTo(token);
      } catch (ParseException e) {
        // One change further from what was refused, parsers are asked other questions.
        if (pool.size() < MOST_KEPT) {
          pool.add(input);
        }
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + changed, e);
      }
    }
  }
}
