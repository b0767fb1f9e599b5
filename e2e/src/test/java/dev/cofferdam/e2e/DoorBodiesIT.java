// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request may say, and what is said about it. */
@ExtendWith(SharedCoffer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorBodiesIT extends DoorAttack {
  @Test
  void answersForForeignIdsAsForUnknownOnes() {
    for (String id : List.of(UUID.randomUUID().toString(), "x", "..", "%00", "a".repeat(300))) {
      assertRefused(owner.get("/api/workspaces/" + id), 404);
      assertRefused(owner.get("/api/sessions/" + id + "/terminals"), 404);
      assertRefused(owner.post("/api/sessions/" + id + "/lock", "{}"), 404);
      assertRefused(owner.post("/api/workspaces/" + id + "/unlock", "{}"), 404);
    }
  }

  static Stream<String> badNames() {
    return Stream.of(
        "",
        " ",
        "a/b",
        "..\\\\x",
        "tab\\there",
        "bell\\u0007",
        "right\\u202eto-left",
        "zero\\u200bwidth",
        "a".repeat(65),
        "<script>",
        "quote\\\"",
        "nul\\u0000");
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void refusesANameAndSaysWhichRuleItBreaks(String name) {
    Reply reply = owner.send(owner.post("/api/workspaces", "{\"name\":\"" + name + "\"}"));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
    assertThat(reply.isProblem()).isTrue();
    assertThat(reply.json().path("errors").path(0).path("field").asText()).isEqualTo("name");
    assertThat(reply.json().path("errors").path(0).path("rule").asText()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"never\",\"id\":\"00000000-0000-0000-0000-000000000000\"}",
        "{\"name\":\"never\",\"owner\":\"me\"}",
        "{\"name\":7}",
        "{\"name\":null}",
        "{\"name\":[\"never\"]}",
        "{}",
        "[]",
        "null",
        "\"never\"",
        "{\"name\":\"never\"",
        "{\"name\":\"never\"}{\"name\":\"never\"}",
        "{\"name\":\"never\",\"name\":\"never\"}"
      })
  void refusesABodyThatIsNotWhatItAsksFor(String body) {
    assertRefused(owner.post("/api/workspaces", body), 400);
  }

  @Test
  void refusesUnknownFieldsEverywhere() {
    anOpenSession();
    String extra = "{\"extra\":1}";
    assertRefused(owner.post("/api/workspaces/" + workspace + "/warm", extra), 400);
    assertRefused(owner.post("/api/sessions/" + session + "/terminals", extra), 400);
    assertRefused(
        owner.post("/api/sessions/" + session + "/terminals", "{\"cols\":0,\"rows\":24}"), 400);
    assertRefused(
        owner.post("/api/sessions/" + session + "/terminals", "{\"cols\":80,\"rows\":501}"), 400);
    assertRefused(owner.post("/api/sessions/" + session + "/lock", extra), 400);
  }

  /** The server says so before there is a request that a route could see. */
  @Test
  void explainsWhatItCanNotRead() {
    assertRefused(owner.get("/api/%zz"), 400);
    assertRefused(owner.get("/api/workspaces?x=%zz"), 400);
    assertRefused(owner.get("/api/me").with("no\u0001header", "x"), 400);
    assertRefused(owner.get("/api/" + "a".repeat(9_000)), 414);
    assertRefused(owner.get("/api/me").with("X-Long", "a".repeat(20_000)), 431);
  }

  @Test
  void refusesWhatIsTooLargeOrNoMethod() {
    String large = "{\"name\":\"" + "n".repeat(80_000) + "\"}";
    assertRefused(owner.post("/api/workspaces", large), 413);
    for (String method : List.of("TRACE", "CONNECT", "PROPFIND")) {
      Reply reply = owner.send(Request.of(method, "/api/me").with("Host", "localhost:" + port()));
      assertThat(reply.status()).as(method).isBetween(400, 499);
      assertThat(reply.text()).as(method).doesNotContain("__Host-");
    }
    assertRefused(owner.changing("PUT", "/api/workspaces", "{\"name\":\"never\"}"), 405);
  }
}
