// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * What each network showed that was no good: so much in a minute. What is good counts nothing, so
 * that who shows that and no more never waits, however often they come. Thread-safe.
 */
final class Mistakes {
  private final TimeMeter clock;
  private final int inAMinute;
  private final Cache<String, Bucket> networks;

  Mistakes(TimeMeter clock, int inAMinute) {
    this.clock = clock;
    this.inAMinute = inAMinute;
    networks =
        Caffeine.newBuilder()
            .maximumSize(SignInLimits.MOST)
            // A bucket is full again by then.
            .expireAfterAccess(Duration.ofMinutes(2))
            .ticker(clock::currentTimeNanos)
            .build();
  }

  /** How long somebody from there has to wait; zero for not at all. */
  Duration left(String address) {
    Bucket bucket = networks.getIfPresent(ClientAddress.network(address));
    return bucket == null
        ? Duration.ZERO
        : Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
  }

  void add(String address) {
    networks.get(ClientAddress.network(address), network -> bucket()).tryConsume(1);
  }

  void forget(String address) {
    networks.invalidate(ClientAddress.network(address));
  }

  private Bucket bucket() {
    return Bucket.builder()
        .withCustomTimePrecision(clock)
        .addLimit(
            Bandwidth.builder()
                .capacity(inAMinute)
                .refillGreedy(inAMinute, Duration.ofMinutes(1))
                .build())
        .build();
  }
}
