// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.people;

import dev.cofferdam.identity.Quota;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A person as owners and admins see them. */
@Schema(name = "Person")
public record PersonAnswer(
    String id, String name, String role, boolean disabled, String createdAt, Quotas quotas) {

  /** What they may have. */
  @Schema(name = "PersonQuotas")
  public record Quotas(int workspaces, int openSessions, long bytes) {
    static Quotas of(Quota quota) {
      return new Quotas(quota.workspaces(), quota.openSessions(), quota.bytes());
    }
  }
}
