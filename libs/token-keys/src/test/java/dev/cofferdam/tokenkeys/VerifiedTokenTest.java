// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.edge.AccessTokens;
import dev.cofferdam.edge.Subjects;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.smallrye.jwt.runtime.auth.JsonWebTokenCredential;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

class VerifiedTokenTest {
  private static final String RAW =
      Base64.getUrlEncoder().encodeToString("{\"typ\":\"at+jwt\"}".getBytes(US_ASCII)) + ".x.y";

  private final JwtClaims claims = new JwtClaims();

  VerifiedTokenTest() {
    claims.setSubject(UUID.randomUUID().toString());
    claims.setAudience("workspace-service");
    claims.setStringClaim("sid", UUID.randomUUID().toString());
    claims.setStringClaim("role", "member");
    claims.setStringClaim("cred", "a key");
    claims.setClaim("amr", List.of("ssh-key"));
  }

  private VerifiedToken token() {
    return new VerifiedToken(RAW, "JWT", claims);
  }

  @Test
  void whoItIsIsReadOnce() {
    VerifiedToken token = token();
    assertThat(AccessTokens.person(token))
        .isEqualTo(AccessTokens.read(token))
        .isSameAs(AccessTokens.person(token));
    assertThat(token.subject()).isEqualTo(Subjects.read(token)).isSameAs(token.subject());
    assertThat(token.identity()).isSameAs(token.identity());
  }

  @Test
  void aProgramStaysAProgram() {
    claims.setStringClaim("scope", "workspace.list");
    VerifiedToken token = token();
    assertThat(token.subject()).isEqualTo(Subjects.read(token)).isSameAs(token.subject());
  }

  @Test
  void whatIsMissingIsRefusedEachTime() {
    claims.unsetClaim("role");
    VerifiedToken token = token();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(token::person).isInstanceOf(ProblemException.class);
      assertThatThrownBy(token::subject).isInstanceOf(ProblemException.class);
    }
  }

  @Test
  void claimsAreWhatTheLibraryTakesThemFor() {
    var library = new DefaultJWTCallerPrincipal(RAW, "JWT", claims);
    VerifiedToken token = token();
    assertThat(token.getClaimNames()).isEqualTo(library.getClaimNames()).contains("cred");
    for (String name : token.getClaimNames()) {
      assertThat(token.<Object>getClaim(name)).as(name).isEqualTo(library.getClaim(name));
    }
    assertThat(token.<Object>getClaim("nonesuch")).isNull();
  }

  @Test
  void theFrameworkIsToldTheSameCallerAndTheSameToken() {
    VerifiedToken token = token();
    assertThat(token.identity().getPrincipal()).isSameAs(token);
    assertThat(token.identity().isAnonymous()).isFalse();
    assertThat(token.identity().getCredential(JsonWebTokenCredential.class).getToken())
        .isEqualTo(RAW);
  }
}
