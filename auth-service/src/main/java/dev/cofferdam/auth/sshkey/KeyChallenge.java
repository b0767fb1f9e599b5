// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * What has to be signed to add a key, in a namespace of its own: good for one key, for five
 * minutes. Its text is one line of ASCII without quotes and says for whom the key will be, so that
 * nobody signs for another without reading so.
 */
public record KeyChallenge(UUID id, String text, String namespace, Instant expiresAt) {
  /** A hardware key may have to be looked for. */
  static final Duration LIFE = Duration.ofMinutes(5);

  private static final String PURPOSE = "coffer-add-key-v1";

  /**
   * @param forWhom ASCII without quotes, for instance {@code as ada}
   */
  static KeyChallenge fresh(URI origin, String forWhom, Instant now) {
    Instant expiresAt = now.plus(LIFE).truncatedTo(ChronoUnit.SECONDS);
    String text =
        "Add an SSH key to Cofferdam at %s %s, nonce %s, until %s"
            .formatted(origin, forWhom, Signing.nonce(), expiresAt);
    return new KeyChallenge(UUID.randomUUID(), text, Signing.namespace(PURPOSE, origin), expiresAt);
  }

  String command() {
    return Signing.command(text, namespace);
  }
}
