// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import java.net.URI;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The keys that a provider signs with, from the one address that its metadata names; keys and
 * addresses inside a token are not looked at. Asked for again at an unknown key, so that a rotation
 * is followed, but not more often than {@link #PAUSE}, so that nobody makes us ask and ask.
 */
final class ProviderKeys implements VerificationKeyResolver {
  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Supplier<URI> address;
  private final ProviderHttp http;
  private final InstantSource clock;
  private List<JsonWebKey> keys = List.of();
  private Instant readAt = Instant.EPOCH;

  ProviderKeys(Supplier<URI> address, ProviderHttp http, InstantSource clock) {
    this.address = address;
    this.http = http;
    this.clock = clock;
  }

  @Override
  public Key resolveKey(JsonWebSignature token, List<JsonWebStructure> nesting)
      throws UnresolvableKeyException {
    try {
      return new JwksVerificationKeyResolver(current(FRESH)).resolveKey(token, nesting);
    } catch (UnresolvableKeyException e) {
      return new JwksVerificationKeyResolver(current(PAUSE)).resolveKey(token, nesting);
    }
  }

  private synchronized List<JsonWebKey> current(Duration fresh) {
    Instant now = clock.instant();
    if (!readAt.plus(fresh).isAfter(now)) {
      keys = ask();
      readAt = now;
    }
    return keys;
  }

  private List<JsonWebKey> ask() {
    ProviderHttp.Answer answer = http.get(address.get(), Map.of());
    if (!answer.isOk()) {
      throw ProviderFailure.away("no keys: " + answer.status());
    }
    try {
      return new JsonWebKeySet(answer.body().toString()).getJsonWebKeys();
    } catch (JoseException e) {
      throw ProviderFailure.wrong("its keys can't be read");
    }
  }
}
