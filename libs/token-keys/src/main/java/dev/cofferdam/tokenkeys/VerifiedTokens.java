// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

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
import java.util.List;
import java.util.regex.Pattern;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies access tokens with {@link PublishedKeys}. All other rules are the framework's, by its
 * settings. Only a key id leads to a key; what else a header names is not looked at.
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

  private final DefaultJWTTokenParser parser;

  VerifiedTokens(PublishedKeys keys) {
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
    if (!FORM.matcher(token).matches()) {
      throw new ParseException("not the form of an access token");
    }
    JwtContext parsed = parser.parse(token, context);
    String type = parsed.getJoseObjects().getFirst().getHeader("typ");
    return new DefaultJWTCallerPrincipal(token, type, parsed.getJwtClaims());
  }

  private record ById(PublishedKeys keys) implements VerificationKeyResolver {
    @Override
    public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> nesting)
        throws UnresolvableKeyException {
      String id = signature.getKeyIdHeaderValue();
      return (id == null ? java.util.Optional.<Key>empty() : keys.find(id))
          .orElseThrow(() -> new UnresolvableKeyException("no key of auth-service's"));
    }
  }
}
