// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import dev.cofferdam.testkit.KeycloakRealm;
import dev.cofferdam.testkit.KeycloakRealm.Person;
import dev.cofferdam.testkit.KeycloakServer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A real Keycloak, with the stand-ins beside it. */
public final class Providers extends StandIns {
  final Person ada = Person.of("ada", "coffer-admins", "developers");
  final Person bob = Person.of("bob", "developers");
  final Person eve = Person.of("eve");
  final Person dan = Person.of("dan", "developers");
  final Person pat = Person.of("pat", "developers", "coffer-auditors");

  /** What Keycloak has sent to the address for logouts. */
  final BlockingQueue<String> logoutTokens = new LinkedBlockingQueue<>();

  KeycloakServer keycloak;
  private StandIn receiver;

  @Override
  public Map<String, String> start() {
    receiver = new StandIn();
    receiver.on(
        "/logout",
        asked -> {
          logoutTokens.add(asked.form().get("logout_token"));
          return StandIn.Said.ok("");
        });
    keycloak =
        KeycloakServer.start(
            new KeycloakRealm(
                "cofferdam",
                secret,
                URI.create(ORIGIN + "corp/callback"),
                URI.create(receiver.address() + "/logout"),
                List.of(ada, bob, eve, dan, pat)));
    return super.start();
  }

  @Override
  String more() {
    return """

        # A company's own, with roles by groups.
        corp.kind = oidc
        corp.name = Example Corp
        corp.issuer = %1$s
        corp.client-id = cofferdam
        corp.client-secret = %2$s
        corp.admit-groups = developers
        corp.roles.admin = coffer-admins
        corp.roles.auditor = coffer-auditors
        """
        .formatted(keycloak.issuer(), secret);
  }

  @Override
  public void stop() {
    super.stop();
    if (keycloak != null) {
      keycloak.close();
    }
    if (receiver != null) {
      receiver.close();
    }
  }
}
