// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth;

import dev.cofferdam.testkit.Servers;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Real servers for all tests of this module, started once. */
public final class AuthServers implements QuarkusTestResourceLifecycleManager {
  /** Where people's browsers see the product. */
  public static final String ORIGIN = "http://localhost:8484";

  private Servers servers;

  @Override
  public Map<String, String> start() {
    servers = Servers.start();
    Map<String, String> settings = new HashMap<>(servers.settingsOf("auth"));
    settings.put("coffer.public.origin", ORIGIN);
    // All tests come from one address, and many of them fail on purpose.
    settings.put("coffer.ssh.free-failures", "1000000");
    return settings;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(servers, new TestInjector.MatchesType(Servers.class));
  }

  @Override
  public void stop() {
    if (servers != null) {
      servers.close();
    }
  }
}
