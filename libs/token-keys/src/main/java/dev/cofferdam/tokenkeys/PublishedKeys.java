// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.edge.PartClient;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.security.Key;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Auth-service's public keys by their ids. Asked for when a token names a key that is not known,
 * and again after an hour, so that a key that was withdrawn is forgotten; at most once in five
 * seconds whatever tokens say.
 */
@ApplicationScoped
class PublishedKeys {
  private static final Logger LOG = Logger.getLogger(PublishedKeys.class);
  private static final String PLACE = "/.well-known/jwks.json";
  private static final long FRESH_NANOS = Duration.ofHours(1).toNanos();
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long TROUBLE_NANOS = TimeUnit.SECONDS.toNanos(1);
  static final int MOST = 16;

  private final PartClient auth;
  private volatile Known known = new Known(Map.of(), System.nanoTime() - FRESH_NANOS);
  private volatile @Nullable RuntimeException trouble;
  private long askedAt = System.nanoTime() - PAUSE_NANOS;

  PublishedKeys(
      Vertx vertx,
      ObjectMapper json,
      @ConfigProperty(name = "coffer.auth.url", defaultValue = "https://127.0.0.1:1")
          List<URI> urls) {
    auth = new PartClient(vertx, "auth-service", urls, json);
  }

  /** So that the first token need not wait; auth-service may still be starting itself. */
  void start(@Observes StartupEvent event) {
    ask();
  }

  private record Known(Map<String, Key> keys, long readAt) {
    boolean isFresh() {
      return System.nanoTime() - readAt < FRESH_NANOS;
    }
  }

  Optional<Key> find(String id) {
    Known now = known;
    if (!now.isFresh() || !now.keys().containsKey(id)) {
      now = ask();
    }
    return Optional.ofNullable(now.keys().get(id));
  }

  /** The same as long as nobody has to be asked for it. Does not block. */
  Optional<Key> findAtHand(String id) {
    Known now = known;
    return now.isFresh() ? Optional.ofNullable(now.keys().get(id)) : Optional.empty();
  }

  /**
   * Why auth-service could not be asked the last time: then nobody knows whether a key that is
   * missing here is one of its keys.
   */
  Optional<RuntimeException> trouble() {
    return Optional.ofNullable(trouble);
  }

  private synchronized Known ask() {
    if (System.nanoTime() - askedAt < PAUSE_NANOS) {
      return known;
    }
    askedAt = System.nanoTime();
    try {
      known = new Known(read(auth.call("GET", PLACE, "none", null)), System.nanoTime());
      trouble = null;
    } catch (RuntimeException e) {
      trouble = e;
      // Public keys do not go bad while auth-service is away.
      LOG.warnf("the keys of access tokens can't be had: %s", e.getMessage());
      askedAt = System.nanoTime() - PAUSE_NANOS + TROUBLE_NANOS;
    }
    return known;
  }

  /** The newest come first; of more than fit the old ones are left out. */
  static Map<String, Key> read(JsonNode answer) {
    Map<String, Key> keys = new HashMap<>();
    for (JsonNode jwk : answer.path("keys")) {
      Key key = key(jwk);
      if (key != null && keys.size() < MOST) {
        keys.put(jwk.path("kid").asText(), key);
      }
    }
    return Map.copyOf(keys);
  }

  private static @Nullable Key key(JsonNode jwk) {
    try {
      return JsonWebKey.Factory.newJwk(jwk.toString()) instanceof PublicJsonWebKey key
          ? key.getPublicKey()
          : null;
    } catch (JoseException e) {
      LOG.warn("auth-service publishes a key that can't be read");
      return null;
    }
  }
}
