// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What has to be signed to add a key, and a command that does it. */
@Schema(name = "KeyChallenge")
public record KeyChallengeAnswer(
    String id, String text, String namespace, String command, String expiresAt) {
  public static KeyChallengeAnswer of(KeyChallenge challenge) {
    return new KeyChallengeAnswer(
        challenge.id().toString(),
        challenge.text(),
        challenge.namespace(),
        challenge.command(),
        challenge.expiresAt().toString());
  }
}
