// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A registered key. */
@Schema(name = "SshKeyAnswer")
public record KeyAnswer(
    String id,
    String name,
    String fingerprint,
    String type,
    String createdAt,
    @Nullable String lastUsedAt) {

  public static KeyAnswer of(SshKey key) {
    return new KeyAnswer(
        key.id.toString(),
        key.name,
        key.fingerprint,
        key.type,
        key.createdAt.toString(),
        key.lastUsedAt == null ? null : key.lastUsedAt.toString());
  }
}
