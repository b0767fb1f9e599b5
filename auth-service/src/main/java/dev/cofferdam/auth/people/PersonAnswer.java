// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.people;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A person as owners and admins see them. */
@Schema(name = "Person")
public record PersonAnswer(
    String id, String name, String role, boolean disabled, String createdAt, Quotas quotas) {

  /** What they may have. */
  @Schema(name = "PersonQuotas")
  public record Quotas(int workspaces, int openSessions, long bytes) {}
}
