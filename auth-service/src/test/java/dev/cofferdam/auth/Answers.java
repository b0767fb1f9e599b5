// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;

/** What answers have to look like. */
public final class Answers {
  private Answers() {}

  public static void refused(Response answer, int status, String slug) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.<String>path("type")).isEqualTo("https://cofferdam.dev/problems/" + slug);
  }

  public static void badField(Response answer, String field) {
    refused(answer, 400, "invalid-field");
    assertThat(answer.<String>path("errors[0].field")).isEqualTo(field);
  }
}
