// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

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
import java.util.Optional;
import java.util.regex.Pattern;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies access tokens with {@link PublishedKeys}, each once while {@link RememberedTokens} has
 * room for it. All other rules are the framework's, by its settings. Only a key id leads to a key;
 * what else a header names is not looked at.
 */
@ApplicationScoped
@Alternative
@Priority(1)
public class VerifiedTokens extends JWTCallerPrincipalFactory {
  /**
   * Base64url without anything else in it (RFC 7515 section 2), which the library does not insist
   * on, and an ES256 signature of 64 bytes whose last letter's unused bits are zero: so a token has
   * one spelling.
   */
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{85}[AQgw]");

  private final PublishedKeys keys;
  private final DefaultJWTTokenParser parser;
  private final RememberedTokens<VerifiedToken> remembered;

  VerifiedTokens(PublishedKeys keys) {
    this.keys = keys;
    remembered = new RememberedTokens<>(keys::find);
    VerificationKeyResolver resolver = new ById(keys);
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
    if (!hasForm(token)) {
      throw new ParseException("not the form of an access token");
    }
    Optional<VerifiedToken> known = remembered.find(token, Instant.now().getEpochSecond());
    return known.isPresent() ? known.get() : verify(token, context);
  }

  /** Whether it may be an access token at all, before anything else is looked at. */
  static boolean hasForm(String token) {
    return FORM.matcher(token).matches();
  }

  /** Whose token it is, if it was verified before and is still good. Does not block. */
  Optional<VerifiedToken> findAtHand(String token) {
    return remembered.findAtHand(token, keys::findAtHand, Instant.now().getEpochSecond());
  }

  private JWTCallerPrincipal verify(String token, JWTAuthContextInfo context)
      throws ParseException {
    JwtContext parsed = parser.parse(token, context);
    JsonWebStructure outer = parsed.getJoseObjects().getFirst();
    VerifiedToken caller = new VerifiedToken(token, outer.getHeader("typ"), parsed.getJwtClaims());
    remembered.remember(token, caller, outer.getKeyIdHeaderValue(), caller.getExpirationTime());
    return caller;
  }

  private record ById(PublishedKeys keys) implements VerificationKeyResolver {
    @Override
    public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> nesting)
        throws UnresolvableKeyException {
      String id = signature.getKeyIdHeaderValue();
      return (id == null ? Optional.<Key>empty() : keys.find(id)).orElseThrow(this::unknown);
    }

    /** Not a refusal of the token where nobody could be asked: the edge makes 503 of the cause. */
    private UnresolvableKeyException unknown() {
      return keys.trouble()
          .map(e -> new UnresolvableKeyException("auth-service's keys can't be had", e))
          .orElseGet(() -> new UnresolvableKeyException("no key of auth-service's"));
    }
  }
}
