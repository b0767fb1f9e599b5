// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import static dev.cofferdam.auth.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.testkit.Servers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.Map;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a provider hears that tells of a logout while its keys can't be had. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
@QuarkusTestResource(value = StandIns.class, restrictToAnnotatedClass = true)
class BackchannelLogoutIT {
  Servers servers;
  StandIns providers;
  Caller gateway;

  @BeforeEach
  void meetTheGateway() {
    gateway = Caller.of(servers, "gateway");
  }

  @AfterEach
  void theProviderIsBack() {
    providers.liar.away = false;
  }

  private Response tell(String provider, String token) {
    return gateway.post("/internal/providers/" + provider + "/logouts", Map.of("token", token));
  }

  @Test
  void aLogoutThatCantBeVerifiedIsToBeSentAgain() throws JoseException {
    String token = providers.liar.logout(Map.of("sub", "somebody"), Instant.now());
    Response answer = tell("away", token);
    refused(answer, 503, "provider-away");
    assertThat(answer.header("Retry-After")).isEqualTo("20");
  }

  @Test
  void whatNoProviderHasSignedIsNotToBeSentAgain() {
    refused(tell("liar", "e30.e30.x"), 400, "logout-token");
  }
}
