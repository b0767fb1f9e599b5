// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.ledger.HeadKeys;
import dev.cofferdam.ledger.Verdict;
import dev.cofferdam.ledger.Verifier;
import dev.cofferdam.testkit.TokenIssuer;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody who may read the ledger. */
final class Auditor {
  private final UUID id = UUID.randomUUID();
  private final TokenIssuer issuer;

  Auditor(TokenIssuer issuer) {
    this.issuer = issuer;
  }

  UUID id() {
    return id;
  }

  Response get(String path) {
    return given()
        .header(
            "Authorization", "Bearer " + issuer.token(id.toString(), "session-service", "auditor"))
        .get(path);
  }

  /** The newest first. */
  List<Map<String, Object>> entries(String query) {
    Response answer = get("/audit?" + query);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    return answer.jsonPath().getList("entries");
  }

  String export() {
    Response answer = get("/audit/export");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.contentType()).startsWith("application/jsonl");
    return answer.asString();
  }

  Verdict verify(String export, @Nullable String anchors) {
    try {
      return Verifier.verifyExport(
          HeadKeys.parse(get("/audit/key").asString()),
          new StringReader(export),
          anchors == null ? null : new StringReader(anchors));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
