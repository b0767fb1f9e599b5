// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import static dev.cofferdam.auth.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.auth.Meanwhile;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider tells of a logout while the sign-in that it ends is still on its way here. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
@QuarkusTestResource(value = StandIns.class, restrictToAnnotatedClass = true)
class OvertakenSignInIT {
  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(20));

  @Inject EndedSessions ended;
  @Inject DataSource database;

  Servers servers;
  StandIns providers;
  Caller gateway;
  final String subject = UUID.randomUUID().toString();
  final Instant now = Instant.now();

  @BeforeEach
  void meetTheGateway() {
    gateway = Caller.of(servers, "gateway");
    providers.liar.lies.clear();
    providers.liar.lies.put("sub", subject);
  }

  private Response signIn() {
    Traveller traveller = new Traveller(gateway, "liar");
    URI request = traveller.begin();
    String code = providers.liar.authorize(request);
    return traveller.comeBack(Map.of("code", code, "state", StandIn.query(request).get("state")));
  }

  private Response signInAt(Instant issued) {
    providers.liar.lies.put("iat", issued.getEpochSecond());
    return signIn();
  }

  private void logOut(Map<String, Object> whom, Instant at) throws JoseException {
    String token = providers.liar.logout(whom, at);
    Response obeyed = gateway.post("/internal/providers/liar/logouts", Map.of("token", token));
    assertThat(obeyed.statusCode()).as(obeyed.asString()).isLessThan(300);
  }

  @Test
  void aLogoutOfAllThatSomebodyHasThereStopsWhatWasSaidBefore() throws JoseException {
    Instant out = now.minusSeconds(10);
    logOut(Map.of("sub", subject), out);
    refused(signInAt(out.minusSeconds(1)), 410, "sign-in-expired");
    refused(signInAt(out), 410, "sign-in-expired");
    assertThat(signInAt(out.plusSeconds(1)).statusCode()).isEqualTo(201);
    providers.liar.lies.put("sub", UUID.randomUUID().toString());
    assertThat(signInAt(out).statusCode()).as("somebody else").isEqualTo(201);
  }

  @Test
  void aLogoutOfOneSessionStopsNoOtherOfThatPerson() throws JoseException {
    String sid = UUID.randomUUID().toString();
    logOut(Map.of("sub", subject, "sid", sid), now);
    assertThat(signInAt(now).statusCode()).isEqualTo(201);
    providers.liar.lies.put("sid", sid);
    refused(signInAt(now), 410, "sign-in-expired");
  }

  /** Who logs out without a subject is known by the session alone. */
  @Test
  void aSignInWaitsForALogoutOfItsSession() throws Exception {
    String sid = UUID.randomUUID().toString();
    providers.liar.lies.put("sid", sid);
    OidcPlace.Logout logout =
        new OidcPlace.Logout(UUID.randomUUID().toString(), Optional.empty(), Optional.of(sid), now);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<Response> signIn =
          QuarkusTransaction.requiringNew()
              .call(
                  () -> {
                    assertThat(ended.end(providers.liar.issuer(), logout)).isTrue();
                    Future<Response> begun = other.submit(this::signIn);
                    SOON.until("it waits", new Meanwhile(database)::somebodyWaits);
                    return begun;
                  });
      refused(signIn.get(), 410, "sign-in-expired");
    }
  }
}
