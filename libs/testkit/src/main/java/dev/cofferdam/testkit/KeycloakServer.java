// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import dev.cofferdam.secrets.SecretBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A real Keycloak with one realm, its database in memory. Heavy: some 400 MB and ten seconds and
 * more to start, so one for a whole test class.
 */
public final class KeycloakServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(180);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Folder folder = Folder.fresh("keycloak");
  private final int port = FreePort.pick();
  private final String administratorSecret = SecretBytes.random(24).toBase64Url();
  private final Duration startTime;
  private final Child process;

  private KeycloakServer(KeycloakRealm realm) {
    KeycloakRealm.Person first = KeycloakRealm.Person.of("first");
    furnish(KeycloakFiles.prepared(), realm.with(first));
    Instant begun = Instant.now();
    process = Child.start(folder.file("log"), false, "", command());
    process.awaitReady(START, this::answers);
    startTime = Duration.between(begun, Instant.now());
    new KeycloakFirstSignIn(issuer(), realm).by(first);
  }

  public static KeycloakServer start(KeycloakRealm realm) {
    return new KeycloakServer(realm);
  }

  /** A home of its own, around the libraries that all share. */
  private void furnish(Path distribution, KeycloakRealm realm) {
    try {
      Files.createSymbolicLink(folder.file("lib"), distribution.resolve("lib"));
      for (String name : List.of("conf", "providers", "themes", "data/import")) {
        Files.createDirectories(folder.file(name));
      }
      Files.copy(distribution.resolve("conf/cache-ispn.xml"), folder.file("conf/cache-ispn.xml"));
      folder.write("data/import/test-realm.json", realm.json(administratorSecret));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx288m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--add-opens=java.base/java.util=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
        "--add-opens=java.base/java.security=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        "-Dkc.home.dir=" + folder.path(),
        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
        "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
            + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
        "-cp",
        folder.file("lib/quarkus-run.jar").toString(),
        "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
        "start",
        "--optimized",
        "--import-realm",
        "--cache=local",
        "--http-enabled=true",
        "--http-host=127.0.0.1",
        "--http-port=" + port,
        "--hostname=" + root());
  }

  private boolean answers() {
    URI discovery = URI.create(issuer() + "/.well-known/openid-configuration");
    try {
      HttpRequest request =
          HttpRequest.newBuilder(discovery).timeout(Duration.ofSeconds(5)).build();
      return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("interrupted", e);
    }
  }

  private String root() {
    return "http://127.0.0.1:" + port;
  }

  /** Of the realm: what its tokens and its discovery say. */
  public URI issuer() {
    return URI.create(root() + "/realms/" + KeycloakRealm.NAME);
  }

  public KeycloakAdministrator administrator() {
    return new KeycloakAdministrator(
        issuer(), URI.create(root() + "/admin/realms/" + KeycloakRealm.NAME), administratorSecret);
  }

  /** From the start of the process to its first answer. */
  public Duration startTime() {
    return startTime;
  }

  @Override
  public void close() {
    process.kill();
    folder.close();
  }
}
