// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.gateway.signin.Presented.AccessToken;
import dev.cofferdam.gateway.signin.Presented.ApiKey;
import dev.cofferdam.gateway.signin.Presented.OfProgram;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresentedTest {
  private static final String SIGNED = "eyJ0eXAi.eyJpc3Mi." + "s".repeat(85);

  @Test
  void takesAKeyAndAToken() {
    assertThat(shown("coffer_" + "7".repeat(49))).containsInstanceOf(ApiKey.class);
    assertThat(shown(SIGNED + "A")).containsInstanceOf(AccessToken.class);
    assertThat(shown(SIGNED + "w")).containsInstanceOf(AccessToken.class);
  }

  /** The same 64 bytes in other letters would be another credential to whoever remembers it. */
  @ParameterizedTest
  @ValueSource(strings = {"B", "P", "R", "f", "h", "x", "_", "", "AA", "A=", "A.", "A.A"})
  void takesATokenInOneSpellingOnly(String end) {
    assertThat(shown(SIGNED + end)).isEmpty();
  }

  @Test
  void takesNoTwo() {
    assertThat(OfProgram.of(List.of("Bearer " + SIGNED + "A", "Bearer " + SIGNED + "A"))).isEmpty();
  }

  private static Optional<OfProgram> shown(String secret) {
    return OfProgram.of(List.of("Bearer " + secret));
  }
}
