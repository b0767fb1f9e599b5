// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.token;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.security.Key;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies access tokens for auth-service's own routes with the keys that it signs with, instead of
 * asking itself over the network for them. All other rules are the framework's, as elsewhere.
 */
@ApplicationScoped
@Alternative
@Priority(1)
public class OwnTokens extends JWTCallerPrincipalFactory {
  private static final int SKEW_SECONDS = 5;

  /** As those that verify tokens elsewhere insist: one spelling of a token (RFC 7515 section 2). */
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{85}[AQgw]");

  private final DefaultJWTTokenParser parser;
  private final JwtConsumer gateways;

  OwnTokens(SigningKey keys, @ConfigProperty(name = "coffer.token.issuer") String issuer) {
    VerificationKeyResolver resolver = new OwnKey(keys);
    gateways = consumer(resolver, issuer);
    parser =
        new DefaultJWTTokenParser() {
          @Override
          protected VerificationKeyResolver getVerificationKeyResolver(JWTAuthContextInfo context) {
            return resolver;
          }
        };
  }

  @Override
  public JWTCallerPrincipal parse(String token, JWTAuthContextInfo context) throws ParseException {
    if (!FORM.matcher(token).matches()) {
      throw new ParseException("not the form of an access token");
    }
    JwtContext parsed = parser.parse(token, context);
    String type = parsed.getJoseObjects().getFirst().getHeader("typ");
    return new DefaultJWTCallerPrincipal(token, type, parsed.getJwtClaims());
  }

  /**
   * A token for the gateway that is good now.
   *
   * @param signIn what it was issued for
   */
  public record OfGateway(UUID signIn, Instant expiresAt) {}

  /**
   * @return empty for whatever is not such a token, or no longer
   */
  public Optional<OfGateway> ofGateway(String token) {
    if (!FORM.matcher(token).matches()) {
      return Optional.empty();
    }
    try {
      JwtClaims claims = gateways.processToClaims(token);
      return Optional.of(
          new OfGateway(
              UUID.fromString(claims.getClaimValueAsString("sid")),
              Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis())));
    } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static JwtConsumer consumer(VerificationKeyResolver keys, String issuer) {
    return new JwtConsumerBuilder()
        .setJwsAlgorithmConstraints(
            ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
        .setVerificationKeyResolver(keys)
        .setExpectedType(true, "at+jwt")
        .setExpectedIssuer(true, issuer)
        .setExpectedAudience(true, AccessTokens.GATEWAY)
        .setRequireExpirationTime()
        .setRequireIssuedAt()
        .setRequireSubject()
        .setRequireJwtId()
        .setAllowedClockSkewInSeconds(SKEW_SECONDS)
        .build();
  }

  /** Only a key id of ours leads to a key; what else a header names is not looked at. */
  private record OwnKey(SigningKey keys) implements VerificationKeyResolver {
    @Override
    public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> nesting)
        throws UnresolvableKeyException {
      for (Map<String, Object> jwk : keys.versions().values()) {
        if (jwk.get("kid") instanceof String id && id.equals(signature.getKeyIdHeaderValue())) {
          return publicKey(jwk);
        }
      }
      throw new UnresolvableKeyException("no key of ours");
    }

    private static Key publicKey(Map<String, Object> jwk) throws UnresolvableKeyException {
      try {
        return JsonWebKey.Factory.newJwk(jwk).getKey();
      } catch (JoseException e) {
        throw new UnresolvableKeyException("a key that can't be read", e);
      }
    }
  }
}
