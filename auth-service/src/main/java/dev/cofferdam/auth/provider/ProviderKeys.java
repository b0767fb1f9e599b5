// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import java.net.URI;
import java.security.Key;
import java.time.Duration;
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
 * addresses inside a token are not looked at. A key that is not among them may be new: they are
 * asked for again, some times a minute at most, and until then such a token is neither good nor
 * wrong. While the provider is away the old ones verify for {@link #LONGEST}: what it has revoked
 * meanwhile is obeyed so late at most.
 */
final class ProviderKeys implements VerificationKeyResolver {
  static final Duration LONGEST = Kept.FRESH.multipliedBy(2);

  private final Supplier<URI> address;
  private final ProviderHttp http;
  private final Kept<List<JsonWebKey>> keys;

  ProviderKeys(Supplier<URI> address, ProviderHttp http, InstantSource clock) {
    this.address = address;
    this.http = http;
    keys = new Kept<>(this::ask, LONGEST, clock);
  }

  /** Has them at hand before somebody needs them. */
  void read() {
    keys.get();
  }

  @Override
  public Key resolveKey(JsonWebSignature token, List<JsonWebStructure> nesting)
      throws UnresolvableKeyException {
    Kept.Read<List<JsonWebKey>> known = keys.get();
    try {
      return new JwksVerificationKeyResolver(known.value()).resolveKey(token, nesting);
    } catch (UnresolvableKeyException e) {
      return new JwksVerificationKeyResolver(keys.after(known).value()).resolveKey(token, nesting);
    }
  }

  private List<JsonWebKey> ask() {
    ProviderHttp.Answer answer = http.get(address.get(), Map.of());
    if (!answer.isOk()) {
      throw ProviderFailure.away("no keys: " + answer.status());
    }
    try {
      return new JsonWebKeySet(answer.body().toString()).getJsonWebKeys();
    } catch (JoseException e) {
      // Not wrong: nothing of what is verified with them has anything to do with it.
      throw ProviderFailure.away("its keys can't be read");
    }
  }
}
