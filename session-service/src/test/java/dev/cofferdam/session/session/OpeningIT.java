// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import static dev.cofferdam.session.Answers.refused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.session.Gateway;
import dev.cofferdam.session.GrantDesk;
import dev.cofferdam.session.OwnClock;
import dev.cofferdam.session.Person;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of one account's openings of a workspace one is granted a key, and the others are told of it. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class OpeningIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int RACERS = 50;

  @Inject Openings openings;
  @Inject OwnClock clock;
  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;
  Person owner;
  Gateway gateway;
  String workspace;

  @BeforeEach
  void meet() {
    owner = new Person(issuer);
    gateway = new Gateway(servers);
    workspace = desk.workspaceOf(owner.id());
  }

  private static void isOpening(Response answer) {
    refused(answer, 409, "session-opening");
    assertThat(answer.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void aWorkspaceIsOpenOnce() {
    String first = owner.opening(workspace);
    isOpening(owner.open(workspace));
    gateway.opened(first);
    refused(owner.open(workspace), 409, "session-already-open");
    owner.lock(first);
    refused(owner.open(workspace), 409, "session-already-open");
    gateway.locked(first, "user");
    assertThat(owner.opening(workspace)).isNotEqualTo(first);
  }

  @Test
  void ofManyWhoRaceOneOpensAndIsGrantedTheOnlyKey() throws Exception {
    String token = issuer.token(owner.id().toString(), "session-service");
    assertThat(with(token).get("/sessions").asString()).isEqualTo("[]");
    List<Callable<Response>> racers =
        Collections.nCopies(RACERS, () -> with(token).body(request()).post("/sessions"));
    int won = 0;
    try (ExecutorService all = Executors.newFixedThreadPool(RACERS)) {
      for (Future<Response> result : all.invokeAll(racers)) {
        if (result.get().statusCode() == 201) {
          won++;
        } else {
          isOpening(result.get());
        }
      }
    }
    assertThat(won).isEqualTo(1);
    assertThat(desk.grantsOf(workspace)).isEqualTo(1);
    assertThat(owner.get("/sessions").<List<String>>path("id")).hasSize(1);
  }

  /** Of one sign-in, which is asked for once: fifty of them would be auth-service's to bear. */
  private static RequestSpecification with(String token) {
    return given().header("Authorization", "Bearer " + token).contentType("application/json");
  }

  private Map<String, String> request() {
    return Map.of("workspaceId", workspace, "sandboxId", UUID.randomUUID().toString());
  }

  @Test
  void whoComesWhileAKeyIsAskedForGetsNone() throws Exception {
    CountDownLatch late = desk.hold(workspace);
    CompletableFuture<Response> first = CompletableFuture.supplyAsync(() -> owner.open(workspace));
    try {
      Eventually.within(SOON).until("it is asked for", () -> late.getCount() == 1);
      isOpening(owner.open(workspace));
      // Others are told nothing of it.
      refused(new Person(issuer).open(workspace), 404, "not-found");
      owner.opening(desk.workspaceOf(owner.id()));
    } finally {
      late.countDown();
    }
    assertThat(first.get(SOON.toSeconds(), TimeUnit.SECONDS).statusCode()).isEqualTo(201);
    assertThat(desk.grantsOf(workspace)).isEqualTo(1);
  }

  @Test
  void anOpeningThatFailedIsInNobodysWay() {
    desk.vaultIsAway(true);
    try {
      refused(owner.open(workspace), 503, "unavailable");
    } finally {
      desk.vaultIsAway(false);
    }
    String session = owner.opening(workspace);
    isOpening(owner.open(workspace));
    gateway.failed(session, "wrong-key");
    assertThat(owner.opening(workspace)).isNotEqualTo(session);
  }

  /** Its service has died, and nobody ends it. */
  @Test
  void oneThatNobodyEndsIsOverByItselfHoweverTheClockIsSet() {
    Instant begun = Instant.now();
    Duration longest = Openings.LONGEST;
    Duration moment = Duration.ofMillis(1);
    begin(begun);
    for (Instant early : List.of(begun, begun.plus(longest), begun.minus(longest))) {
      assertThatThrownBy(() -> begin(early))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().slug()).isEqualTo("session-opening"));
    }
    Instant over = begun.plus(longest).plus(moment);
    begin(over);
    begin(over.minus(longest).minus(moment));
  }

  private void begin(Instant at) {
    WorkspaceId id = WorkspaceId.parse(workspace);
    UserId user = UserId.parse(owner.id().toString());
    clock.at(at, () -> openings.begin(SessionId.parse(UUID.randomUUID().toString()), id, user));
  }

  @Test
  void anothersOpeningIsNotInTheWay() {
    WorkspaceId id = WorkspaceId.parse(workspace);
    openings.begin(SessionId.random(), id, UserId.parse(UUID.randomUUID().toString()));
    owner.opening(workspace);
  }
}
