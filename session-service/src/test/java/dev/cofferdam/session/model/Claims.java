// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.session.model.World.Opened;
import java.util.Base64;

/** What a ticket says; agents verify its signature in tests of their own. */
final class Claims {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LEASE_SECONDS = 30;

  private Claims() {}

  /** For this box and session, this action, and no longer than may be. Empty is no ticket. */
  static void check(String ticket, String action, Opened of) {
    if (ticket.isEmpty()) {
      return;
    }
    JsonNode claims = read(ticket);
    assertThat(claims.path("act").asText()).isEqualTo(action);
    assertThat(claims.path("ses").asText()).isEqualTo(of.session());
    assertThat(claims.path("sbx").asText()).isEqualTo(of.sandbox());
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong())
        .isBetween(1L, (long) LEASE_SECONDS);
    assertThat(claims.path("lse").asInt(LEASE_SECONDS)).isBetween(1, LEASE_SECONDS);
  }

  private static JsonNode read(String ticket) {
    try {
      return JSON.readTree(
          new String(Base64.getUrlDecoder().decode(ticket.split("\\.")[1]), UTF_8));
    } catch (JsonProcessingException e) {
      throw new AssertionError(ticket, e);
    }
  }
}
