// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A registered key.
 *
 * @param provenAt when its owner has shown that they have the private key; null while it is only
 *     the word of an owner or admin
 */
@Schema(name = "SshKeyAnswer")
public record KeyAnswer(
    String id,
    String name,
    String fingerprint,
    String type,
    String createdAt,
    @Nullable String lastUsedAt,
    @Nullable String provenAt) {

  public static KeyAnswer of(SshKey key) {
    return new KeyAnswer(
        key.id.toString(),
        key.name,
        key.fingerprint,
        key.type,
        key.createdAt.toString(),
        text(key.lastUsedAt),
        text(key.provenAt));
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
