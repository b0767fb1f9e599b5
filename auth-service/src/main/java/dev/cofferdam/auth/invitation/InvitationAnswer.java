// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.invitation;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An invitation that waits.
 *
 * @param name that the person will have, or null if they choose it
 * @param token in the answer to its making and never again
 */
@Schema(name = "Invitation")
public record InvitationAnswer(
    String id,
    String role,
    @Nullable String name,
    String createdAt,
    String expiresAt,
    @Nullable String token) {

  static InvitationAnswer of(Invitation invitation) {
    return with(invitation, null);
  }

  static InvitationAnswer with(Invitation invitation, @Nullable String token) {
    return new InvitationAnswer(
        invitation.id.toString(),
        invitation.role,
        invitation.name.isEmpty() ? null : invitation.name,
        invitation.createdAt.toString(),
        invitation.expiresAt.toString(),
        token);
  }

  @Override
  public String toString() {
    return "InvitationAnswer[" + id + "]";
  }
}
