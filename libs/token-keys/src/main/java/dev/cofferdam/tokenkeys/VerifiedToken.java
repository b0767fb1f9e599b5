// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

import dev.cofferdam.decisions.Subject;
import dev.cofferdam.edge.AccessTokens;
import dev.cofferdam.edge.Person;
import dev.cofferdam.edge.ReadOnce;
import dev.cofferdam.edge.Subjects;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.smallrye.jwt.runtime.auth.JsonWebTokenCredential;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.Claims;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;

/**
 * An access token that was verified, for all requests that come with it. Thread-safe: what two
 * threads work out at once is equal.
 */
final class VerifiedToken extends DefaultJWTCallerPrincipal implements ReadOnce {
  private static final Map<String, Claims> COMMON =
      Arrays.stream(Claims.values()).collect(Collectors.toMap(Claims::name, Function.identity()));

  private volatile @Nullable Person person;
  private volatile @Nullable Subject subject;
  private volatile @Nullable SecurityIdentity identity;

  VerifiedToken(String token, String type, JwtClaims claims) {
    super(token, type, claims);
  }

  @Override
  public Person person() {
    Person known = person;
    if (known == null) {
      known = AccessTokens.read(this);
      person = known;
    }
    return known;
  }

  @Override
  public Subject subject() {
    Subject known = subject;
    if (known == null) {
      known = Subjects.read(this);
      subject = known;
    }
    return known;
  }

  /** Whom the framework takes the bearer for. */
  SecurityIdentity identity() {
    SecurityIdentity known = identity;
    if (known == null) {
      known =
          QuarkusSecurityIdentity.builder()
              .setPrincipal(this)
              .addCredential(new JsonWebTokenCredential(getRawToken()))
              .addRoles(getGroups())
              .addAttribute(SecurityIdentity.USER_ATTRIBUTE, this)
              .build();
      identity = known;
    }
    return known;
  }

  /** The library's throws and catches an exception for each claim of ours. */
  @Override
  protected Claims getClaimType(String name) {
    return COMMON.getOrDefault(name, Claims.UNKNOWN);
  }
}
