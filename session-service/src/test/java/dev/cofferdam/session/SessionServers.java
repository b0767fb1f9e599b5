// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session;

import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;

/** Real servers for all tests of this module, and who issues tokens and grants, started once. */
public final class SessionServers implements QuarkusTestResourceLifecycleManager {
  private Servers servers;
  private TokenIssuer issuer;
  private GrantDesk desk;

  @Override
  public Map<String, String> start() {
    String credential = UUID.randomUUID().toString();
    servers = Servers.start();
    issuer = TokenIssuer.start();
    try {
      desk = GrantDesk.start(credential);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> settings = servers.settingsOf("session");
    settings.put("coffer.auth.url", issuer.address().toString());
    settings.put("coffer.workspace.url", desk.address());
    settings.put("coffer.call.workspace.secret", credential);
    return settings;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(servers, new TestInjector.MatchesType(Servers.class));
    injector.injectIntoFields(issuer, new TestInjector.MatchesType(TokenIssuer.class));
    injector.injectIntoFields(desk, new TestInjector.MatchesType(GrantDesk.class));
  }

  @Override
  public void stop() {
    if (servers != null) {
      desk.close();
      issuer.close();
      servers.close();
    }
  }
}
