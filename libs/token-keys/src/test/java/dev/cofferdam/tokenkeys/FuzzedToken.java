// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.edge.AccessTokens;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.testkit.GuidedFuzz;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Reads access tokens by session-service's rules. An input is a token as it travels: of those only
 * what it started from is taken. Or it is a header, a line feed and claims, which are signed here:
 * so what lies behind the signature is reached as well, and is taken only with all that a token
 * must say.
 */
public final class FuzzedToken {
  static final String PUBLIC_KEY = "fuzz.public-key";
  static final String PRIVATE_KEY = "fuzz.private-key";
  static final String RULES = "fuzz.rules";
  static final String KEY_ID = "access-token-v1";
  private static final long SKEW_SECONDS = 5;

  private static final Set<String> REAL =
      GuidedFuzz.seeds().stream()
          .map(seed -> new String(seed, ISO_8859_1))
          .collect(Collectors.toSet());
  private static final PrivateKey OURS = privateKey();
  private static final VerifiedTokens TOKENS = new VerifiedTokens(new OneKey(publicKey()));
  private static final JWTAuthContextInfo BY = rules();

  private FuzzedToken() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, ISO_8859_1);
    int line = text.indexOf('\n');
    try {
      if (line < 0) {
        AccessTokens.person(TOKENS.parse(text, BY));
        require(REAL.contains(text), "a token that nobody made");
      } else {
        byte[] header = Arrays.copyOf(input, line);
        byte[] claims = Arrays.copyOfRange(input, line + 1, input.length);
        JWTCallerPrincipal caller = TOKENS.parse(SignedText.of(header, claims, OURS), BY);
        AccessTokens.person(caller);
        requireAll(caller);
      }
    } catch (ParseException | ProblemException e) {
      // The allowed refusals.
      return;
    }
  }

  private static void requireAll(JWTCallerPrincipal caller) {
    require("cofferdam".equals(caller.getIssuer()), "another issuer");
    require(caller.getAudience().contains("session-service"), "for others");
    require(caller.getSubject().equals(UUID.fromString(caller.getSubject()).toString()), "nobody");
    require(caller.getClaim("sid") != null && caller.getTokenID() != null, "of no sign-in");
    require(
        caller.getExpirationTime() > Instant.now().getEpochSecond() - SKEW_SECONDS - 1, "expired");
  }

  private static void require(boolean is, String otherwise) {
    if (!is) {
      throw new AssertionError(otherwise);
    }
  }

  private static byte[] told(String name) {
    return Base64.getDecoder().decode(System.getProperty(name));
  }

  private static PrivateKey privateKey() {
    try {
      return KeyFactory.getInstance("EC")
          .generatePrivate(new PKCS8EncodedKeySpec(told(PRIVATE_KEY)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Key publicKey() {
    try {
      return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(told(PUBLIC_KEY)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As the service itself has them. */
  private static JWTAuthContextInfo rules() {
    try {
      SmallRyeConfig settings =
          new SmallRyeConfigBuilder()
              .addDefaultInterceptors()
              .withSources(
                  new PropertiesConfigSource(Path.of(System.getProperty(RULES)).toUri().toURL()))
              .build();
      JWTAuthContextInfo rules = new JWTAuthContextInfo();
      rules.setIssuedBy(settings.getValue("mp.jwt.verify.issuer", String.class));
      rules.setExpectedAudience(Set.of(settings.getValue("mp.jwt.verify.audiences", String.class)));
      rules.setSignatureAlgorithm(
          Set.of(
              SignatureAlgorithm.valueOf(
                  settings.getValue("mp.jwt.verify.publickey.algorithm", String.class))));
      rules.setClockSkew(settings.getValue("mp.jwt.verify.clock.skew", Integer.class));
      rules.setRequiredClaims(
          Set.copyOf(settings.getValues("smallrye.jwt.required.claims", String.class)));
      return rules;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nobody is asked for it. */
  private static final class OneKey extends PublishedKeys {
    private final Key key;

    OneKey(Key key) {
      super(Vertx.vertx(), new ObjectMapper(), nowhere());
      this.key = key;
    }

    /** In plain HTTP, for which a test needs no certificate. */
    private static List<URI> nowhere() {
      LaunchMode.set(LaunchMode.TEST);
      return List.of(URI.create("http://127.0.0.1:1"));
    }

    @Override
    Optional<Key> find(String id) {
      return id.equals(KEY_ID) ? Optional.of(key) : Optional.empty();
    }
  }
}
