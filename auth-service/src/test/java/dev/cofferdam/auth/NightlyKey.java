// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An API key as somebody asks for one: for a day, and to list workspaces. */
public final class NightlyKey {
  private NightlyKey() {}

  public static Map<String, Object> wanted() {
    return Map.of(
        "name",
        "nightly",
        "expiresAt",
        Instant.now().plusSeconds(86_400).toString(),
        "scopes",
        List.of(Map.of("verb", "workspace.list")));
  }
}
