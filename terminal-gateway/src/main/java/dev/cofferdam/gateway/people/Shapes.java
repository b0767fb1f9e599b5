// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.people;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What these routes take and answer. What is left out of a change stays as it is. */
public interface Shapes {
  String KEY_LINE =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE1hZGUgdXAgZm9yIHRoaXMgZXhhbXBsZSBvbmx5ISEh ada@home";
  String SIGNATURE = "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH…\n-----END SSH SIGNATURE-----\n";
  String PRINT = "SHA256:mZ1Hq0n6d3Wb0cYdFTvW1fA0m7u3h0s3o6J2n8y0x5k";

  /** An SSH key that signs somebody in; not proven, it is the word of an owner or admin. */
  record SshKey(
      @Schema(examples = "6f1d6c1e-3a55-4c0e-9d8e-0a7c1f6f2b11") String id,
      @Schema(examples = "laptop") String name,
      @Schema(examples = PRINT) String fingerprint,
      @Schema(examples = "ssh-ed25519") String type,
      @Schema(examples = "2026-11-25T14:00:00Z") String createdAt,
      @Schema(examples = "2026-11-25T15:00:00Z") @Nullable String lastUsedAt,
      @Schema(examples = "2026-11-25T14:00:00Z") @Nullable String provenAt) {}

  /** One line of a .pub file; without a name the key gets the comment in it. */
  record NewSshKey(
      @Schema(examples = "laptop") @Nullable String name,
      @Schema(examples = KEY_LINE) @Nullable String publicKey) {}

  /** What has to be signed within five minutes to add a key, and a command that does it. */
  record KeyChallenge(
      @Schema(examples = "9a0d3f52-6a39-4d53-8d0f-0f3b5a6c7d80") String id,
      @Schema(
              examples =
                  "Add an SSH key to Cofferdam at http://localhost:8484 as ada, nonce"
                      + " xBq0cYdFTvW1fA0m7u3h0s3o6J2n8y0x5kmZ1Hq0n6d, until 2026-11-25T14:05:00Z")
          String text,
      @Schema(examples = "coffer-add-key-v1@localhost") String namespace,
      @Schema(
              examples =
                  "printf '%s' '…' | ssh-keygen -Y sign -n coffer-add-key-v1@localhost -f"
                      + " ~/.ssh/id_ed25519")
          String command,
      @Schema(examples = "2026-11-25T14:05:00Z") String expiresAt) {}

  /** All that the command printed: the key is in it. Without a name it is called by its type. */
  record ProvenSshKey(
      @Schema(examples = "laptop") @Nullable String name,
      @Schema(examples = "9a0d3f52-6a39-4d53-8d0f-0f3b5a6c7d80") @Nullable String challengeId,
      @Schema(examples = SIGNATURE) @Nullable String signature) {}

  /** How much somebody may have. */
  record Quotas(
      @Schema(examples = "100") @Nullable Integer workspaces,
      @Schema(examples = "16") @Nullable Integer openSessions,
      @Schema(examples = "107374182400") @Nullable Long bytes) {}

  /** A person as owners and admins see them. */
  record Person(
      @Schema(examples = "0d9c6a2e-8b7f-4f0b-8f5e-2f8f6f1c9a10") String id,
      @Schema(examples = "ada") String name,
      @Schema(examples = "member") String role,
      @Schema(examples = "false") boolean disabled,
      @Schema(examples = "2026-11-25T14:00:00Z") String createdAt,
      Quotas quotas) {}

  /** Somebody to be added, with a first key if there is one. */
  record NewPerson(
      @Schema(examples = "ada") @Nullable String name,
      @Schema(examples = "member") @Nullable String role,
      @Schema(examples = KEY_LINE) @Nullable String publicKey,
      @Schema(examples = "laptop") @Nullable String keyName) {}

  /** What is to be different. */
  record PersonChange(
      @Schema(examples = "admin") @Nullable String role,
      @Schema(examples = "false") @Nullable Boolean disabled,
      @Nullable Quotas quotas) {}

  /** Without a name the person chooses one; without an end it is good for seven days. */
  record NewInvitation(
      @Schema(examples = "member") @Nullable String role,
      @Schema(examples = "ada") @Nullable String name,
      @Schema(examples = "2026-12-01T12:00:00Z") @Nullable String expiresAt) {}

  /** An invitation that waits. */
  record Invitation(
      @Schema(examples = "3b5c0a44-53a7-4a6d-9a54-6f0f6d1b7a02") String id,
      @Schema(examples = "member") String role,
      @Schema(examples = "ada") @Nullable String name,
      @Schema(examples = "2026-11-25T14:00:00Z") String createdAt,
      @Schema(examples = "2026-12-02T14:00:00Z") String expiresAt) {}

  /** A fresh invitation; token and link are shown this once. */
  record SentInvitation(
      @Schema(examples = "3b5c0a44-53a7-4a6d-9a54-6f0f6d1b7a02") String id,
      @Schema(examples = "member") String role,
      @Schema(examples = "ada") @Nullable String name,
      @Schema(examples = "2026-11-25T14:00:00Z") String createdAt,
      @Schema(examples = "2026-12-02T14:00:00Z") String expiresAt,
      @Schema(examples = "xBq0cYdFTvW1fA0m7u3h0s3o6J2n8y0x5kmZ1Hq0n6d") String token,
      @Schema(
              examples =
                  "https://coffer.example.org/invitation#xBq0cYdFTvW1fA0m7u3h0s3o6J2n8y0x5kmZ1Hq0n6d")
          String link) {
    @Override
    public String toString() {
      return "SentInvitation[" + id + "]";
    }
  }

  /** For whom a challenge is to be: a name, or a key; for whoever signs if both are left out. */
  record WhoSigns(
      @Schema(examples = "ada") @Nullable String name,
      @Schema(examples = PRINT) @Nullable String fingerprint) {}

  /** What has to be signed within a minute, and a command that does it. */
  record SshChallenge(
      @Schema(examples = "9a0d3f52-6a39-4d53-8d0f-0f3b5a6c7d80") String id,
      @Schema(
              examples =
                  "Sign in to Cofferdam at http://localhost:8484 as ada, nonce"
                      + " xBq0cYdFTvW1fA0m7u3h0s3o6J2n8y0x5kmZ1Hq0n6d, until 2026-11-25T14:01:00Z")
          String text,
      @Schema(examples = "coffer-login-v1@localhost") String namespace,
      @Schema(
              examples =
                  "printf '%s' '…' | ssh-keygen -Y sign -n coffer-login-v1@localhost -f"
                      + " ~/.ssh/id_ed25519")
          String command,
      @Schema(examples = "2026-11-25T14:01:00Z") String expiresAt) {}

  /** All that the command printed, from the BEGIN to the END line. */
  record SignedChallenge(
      @Schema(examples = "9a0d3f52-6a39-4d53-8d0f-0f3b5a6c7d80") @Nullable String challengeId,
      @Schema(examples = SIGNATURE) @Nullable String signature) {}

  /** Which invitation it is. */
  record ShownInvitation(
      @Schema(examples = "xBq0cYdFTvW1fA0m7u3h0s3o6J2n8y0x5kmZ1Hq0n6d") @Nullable String token) {}

  /** Somebody who was invited, and what the key has signed with which they will sign in. */
  record Acceptance(
      @Schema(examples = "xBq0cYdFTvW1fA0m7u3h0s3o6J2n8y0x5kmZ1Hq0n6d") @Nullable String token,
      @Schema(examples = "ada") @Nullable String name,
      @Schema(examples = "laptop") @Nullable String keyName,
      @Schema(examples = "9a0d3f52-6a39-4d53-8d0f-0f3b5a6c7d80") @Nullable String challengeId,
      @Schema(examples = SIGNATURE) @Nullable String signature) {}

  /** Who is there now. */
  record Joined(User user, @Schema(examples = PRINT) String fingerprint) {}

  /** An account. */
  @Schema(name = "JoinedUser")
  record User(
      @Schema(examples = "0d9c6a2e-8b7f-4f0b-8f5e-2f8f6f1c9a10") String id,
      @Schema(examples = "ada") String name,
      @Schema(examples = "member") String role) {}
}
