// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was verified already, so that the same token is not verified at each request: checking an
 * ES256 signature costs more than all else that a request needs. Tokens are known by their SHA-256
 * alone. What was remembered counts until the token expires, and only while the very key that it
 * was verified with is still published; the one that was used longest ago makes room.
 *
 * @param <T> what verifying gave
 */
final class RememberedTokens<T> {
  static final int MOST = 4096;

  private final Function<String, Optional<Key>> keys;
  private final Map<ByteBuffer, Known<T>> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Known<T>> eldest) {
          return size() > MOST;
        }
      };

  RememberedTokens(Function<String, Optional<Key>> keys) {
    this.keys = keys;
  }

  private record Known<T>(T value, String keyId, Key key, long expiresAtSeconds) {}

  /**
   * @param nowSeconds since the epoch
   * @return nothing for one that has to be verified (again)
   */
  Optional<T> find(String token, long nowSeconds) {
    ByteBuffer name = name(token);
    Known<T> found = get(name);
    if (found == null) {
      return Optional.empty();
    }
    if (isGood(found, keys, nowSeconds)) {
      return Optional.of(found.value());
    }
    forget(name);
    return Optional.empty();
  }

  /**
   * The same without asking anybody.
   *
   * @param keysAtHand the published keys, as far as they are known without asking for them
   * @return nothing also for what only {@link #find} can tell
   */
  Optional<T> findAtHand(
      String token, Function<String, Optional<Key>> keysAtHand, long nowSeconds) {
    Known<T> found = get(name(token));
    return found != null && isGood(found, keysAtHand, nowSeconds)
        ? Optional.of(found.value())
        : Optional.empty();
  }

  private static boolean isGood(
      Known<?> found, Function<String, Optional<Key>> keys, long nowSeconds) {
    return nowSeconds < found.expiresAtSeconds()
        && keys.apply(found.keyId()).filter(found.key()::equals).isPresent();
  }

  /**
   * @param keyId of the key that it was verified with just now
   * @param expiresAtSeconds since the epoch
   */
  void remember(String token, T value, String keyId, long expiresAtSeconds) {
    keys.apply(keyId)
        .ifPresent(key -> put(name(token), new Known<>(value, keyId, key, expiresAtSeconds)));
  }

  private synchronized @Nullable Known<T> get(ByteBuffer name) {
    return known.get(name);
  }

  private synchronized void put(ByteBuffer name, Known<T> value) {
    known.put(name, value);
  }

  private synchronized void forget(ByteBuffer name) {
    known.remove(name);
  }

  private static ByteBuffer name(String token) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(sha256.digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
