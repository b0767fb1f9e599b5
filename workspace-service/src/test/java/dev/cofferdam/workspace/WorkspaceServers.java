// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace;

import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Real servers for all tests of this module, and somebody who issues tokens, started once. */
public final class WorkspaceServers implements QuarkusTestResourceLifecycleManager {
  private Servers servers;
  private TokenIssuer issuer;

  @Override
  public Map<String, String> start() {
    servers = Servers.start();
    issuer = TokenIssuer.start();
    Map<String, String> settings = servers.settingsOf("workspace");
    settings.put("coffer.auth.url", issuer.address().toString());
    return settings;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(servers, new TestInjector.MatchesType(Servers.class));
    injector.injectIntoFields(issuer, new TestInjector.MatchesType(TokenIssuer.class));
  }

  @Override
  public void stop() {
    if (servers != null) {
      issuer.close();
      servers.close();
    }
  }
}
