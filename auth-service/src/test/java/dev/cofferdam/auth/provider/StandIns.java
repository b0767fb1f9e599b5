// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.secrets.SecretBytes;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A provider that lies, one that is away, and a stand-in for GitHub. */
public class StandIns implements QuarkusTestResourceLifecycleManager {
  static final String ORIGIN = AuthServers.ORIGIN + "/api/sign-in/providers/";

  final String secret = SecretBytes.random(24).toBase64Url();
  OidcStandIn liar;
  OidcStandIn strict;
  GitHubStandIn hub;
  private Path file;

  @Override
  public Map<String, String> start() {
    liar = new OidcStandIn();
    strict = new OidcStandIn();
    hub = new GitHubStandIn("Iv1cofferdam", secret);
    file = write(text() + more());
    return Map.of(
        "coffer.providers.file", file.toString(), "coffer.providers.http-on-loopback", "true");
  }

  /** Providers besides ours, as the file has them. */
  String more() {
    return "";
  }

  private String text() {
    return """
        # Lets everybody in who can prove to be known there.
        liar.kind = oidc
        liar.issuer = %1$s
        liar.client-id = cofferdam
        liar.client-secret = %2$s
        liar.admit = everybody

        # Says in a claim who is in which group.
        strict.kind = oidc
        strict.issuer = %5$s
        strict.client-id = cofferdam
        strict.client-secret = %2$s
        strict.admit-groups = developers

        away.kind = oidc
        away.name = Away
        away.issuer = http://127.0.0.1:1
        away.client-id = cofferdam
        away.client-secret = %2$s

        hub.kind = github
        hub.name = GitHub
        hub.web = %3$s
        hub.api = %4$s
        hub.client-id = Iv1cofferdam
        hub.client-secret = %2$s
        hub.admit-groups = octo-org
        hub.admit-domains = example.net
        hub.roles.admin = octo-org/admins
        hub.session = 8h
        """
        .formatted(liar.issuer(), secret, hub.web(), hub.api(), strict.issuer());
  }

  private static Path write(String text) {
    try {
      Path made =
          Files.createTempFile(
              "providers",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Files.writeString(made, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(getClass()));
  }

  @Override
  public void stop() {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (hub != null) {
      hub.close();
    }
    if (liar != null) {
      liar.close();
    }
    if (strict != null) {
      strict.close();
    }
  }
}
