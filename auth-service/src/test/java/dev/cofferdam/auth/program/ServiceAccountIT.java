// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.program;

import static dev.cofferdam.auth.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.testkit.Servers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class ServiceAccountIT {
  @Inject EntityManager database;

  Servers servers;
  Somebody owner;

  @BeforeEach
  void signIn() {
    owner = Somebody.owner(servers);
  }

  private Response add(String name) {
    return owner.post("/service-accounts", Map.of("name", name));
  }

  private static String fresh() {
    return "robot " + UUID.randomUUID();
  }

  @Test
  void ofManyWhoTakeOneNameOneGetsItAndTheOthersAreToldWhy() throws Exception {
    String name = fresh();
    List<Callable<Response>> racers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      racers.add(() -> add(name));
    }
    List<Response> answers = new ArrayList<>();
    try (ExecutorService all = Executors.newFixedThreadPool(6)) {
      for (Future<Response> answer : all.invokeAll(racers)) {
        answers.add(answer.get());
      }
    }
    assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
    answers.stream()
        .filter(answer -> answer.statusCode() != 201)
        .forEach(answer -> refused(answer, 409, "name-taken"));
  }

  @Test
  void moreThanAHundredAreRefusedUntilOneIsSwitchedOff() {
    String first = add(fresh()).path("id");
    String spare = add(fresh()).path("id");
    owner.patch("/service-accounts/" + spare, Map.of("disabled", true));
    String marker = "full " + UUID.randomUUID() + " ";
    fill(marker);
    try {
      refused(add(fresh()), 409, "too-many-service-accounts");
      refused(
          owner.patch("/service-accounts/" + spare, Map.of("disabled", false)),
          409,
          "too-many-service-accounts");
      owner.patch("/service-accounts/" + first, Map.of("disabled", true));
      assertThat(add(fresh()).statusCode()).isEqualTo(201);
    } finally {
      change("update account set disabled_at = now() where name like :marker", marker + "%");
    }
  }

  private void fill(String marker) {
    change(
        "insert into account (id, name, role, kind, created_at) select gen_random_uuid(),"
            + " :marker || n, 'member', 'service', now() from generate_series(1, "
            + ServiceAccounts.MOST
            + " - (select count(*) from account where kind = 'service' and disabled_at is null)) n",
        marker);
  }

  private void change(String sql, String marker) {
    QuarkusTransaction.requiringNew()
        .run(() -> database.createNativeQuery(sql).setParameter("marker", marker).executeUpdate());
  }
}
