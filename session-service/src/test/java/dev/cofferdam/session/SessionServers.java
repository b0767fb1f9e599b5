// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session;

import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** Real servers for all tests of this module, and who issues tokens and grants, started once. */
public final class SessionServers implements QuarkusTestResourceLifecycleManager {
  private Servers servers;
  private TokenIssuer issuer;
  private GrantDesk desk;
  private Path heads;
  private AlertReceiver receiver;

  @Override
  public Map<String, String> start() {
    String credential = UUID.randomUUID().toString();
    servers = Servers.start();
    issuer = TokenIssuer.start();
    try {
      heads = Files.createTempDirectory("coffer-heads");
      desk = GrantDesk.start(credential);
      receiver = AlertReceiver.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> settings = servers.settingsOf("session");
    settings.put("coffer.auth.url", issuer.address().toString());
    settings.put("coffer.workspace.url", desk.address());
    settings.put("coffer.call.workspace.secret", credential);
    settings.put("coffer.audit.heads", heads.resolve("heads.jsonl").toString());
    settings.putAll(receiver.settings());
    return settings;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(servers, new TestInjector.MatchesType(Servers.class));
    injector.injectIntoFields(issuer, new TestInjector.MatchesType(TokenIssuer.class));
    injector.injectIntoFields(receiver, new TestInjector.MatchesType(AlertReceiver.class));
    injector.injectIntoFields(desk, new TestInjector.MatchesType(GrantDesk.class));
  }

  @Override
  public void stop() {
    if (servers != null) {
      try {
        Files.deleteIfExists(heads.resolve("heads.jsonl"));
        Files.delete(heads);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      receiver.close();
      desk.close();
      issuer.close();
      servers.close();
    }
  }
}
