// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.testkit.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A setting that there is not stops the start, through whichever door it comes. */
class SettingsIT {
  private static final Duration START = Duration.ofMinutes(5);
  private static final FileAttribute<?> FOR_OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  @TempDir Path folder;

  private Command up() {
    return new Command("up", "--detach", "--data", folder.resolve("data").toString());
  }

  @Test
  void onTheCommandLineBeforeAnythingIsStarted() {
    Command.Result result = up().and("--set", "terminal-gateway:coffer.leese.every=2s").run();
    assertThat(result.status()).as(result.said()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "coffer: --set: coffer.leese.every is no setting of terminal-gateway: did you mean"
                + " coffer.lease.every? (./coffer --help)\n");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void inTheSupervisorsEnvironment() {
    Command.Result result = up().environment("COFFER_DTA", "/srv").run();
    assertThat(result.status()).as(result.said()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo("coffer: COFFER_DTA is no setting of supervisor: did you mean COFFER_DATA?\n");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void inAPropertyOfAService() throws IOException, InterruptedException {
    assertRefused(
        gateway("-Dcoffer.lease.evry=2s"),
        "coffer.lease.evry is no setting of terminal-gateway: did you mean coffer.lease.every?\n");
  }

  @Test
  void inAServicesEnvironment() throws IOException, InterruptedException {
    ProcessBuilder start = gateway("-Dcoffer.lease.every=2s");
    start.environment().put("COFFER_LEESE_EVERY", "2s");
    assertRefused(
        start,
        "COFFER_LEESE_EVERY is no setting of terminal-gateway: did you mean COFFER_LEASE_EVERY?\n");
  }

  @Test
  void inAServicesConfigurationFile() throws IOException, InterruptedException {
    Path file = Files.createDirectory(folder.resolve("config")).resolve("application.properties");
    Files.writeString(file, "coffer.trusted-proxy=10.0.0.1\n");
    assertRefused(
        gateway("-Dcoffer.lease.every=2s"),
        "coffer.trusted-proxy is no setting of terminal-gateway: did you mean"
            + " coffer.trusted-proxies?\n");
  }

  /** Its schema is not changed by a start that is none. */
  @Test
  void beforeAServiceSpeaksToItsDatabase() throws IOException, InterruptedException {
    try (ServerSocket database = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String said =
          refusal(
              service(
                  "session-service",
                  "-Dcoffer.session.idel-seconds=3",
                  "-Dcoffer.kafka.bootstrap=127.0.0.1:1",
                  "-Dquarkus.datasource.jdbc.url=jdbc:postgresql://127.0.0.1:%d/coffer"
                      .formatted(database.getLocalPort())));
      // Above it are versions of what it is made of.
      assertThat(said.lines().toList().getLast())
          .isEqualTo(
              "coffer.session.idel-seconds is no setting of session-service: did you mean"
                  + " coffer.session.idle-seconds?");
      // Whoever has connected is waiting by now.
      database.setSoTimeout(1);
      assertThatThrownBy(database::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  /** All the rest of a whole provider is right, so that it is just this which stops the start. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          client-secret | weak              | is weak: shorter than 20 characters; have the provider make a random one
          issuer        | http://id.test/   | is not https; write an https:// address
          redirect-uri  | http://coffer.test/api/sign-in/providers/corp/callback | is not https; serve Cofferdam by https and write https://HOST/api/sign-in/providers/corp/callback
          """)
  void aProviderThatMustNotBeUsed(String key, String value, String remedy) throws IOException {
    Map<String, String> provider =
        new LinkedHashMap<>(
            Map.of(
                "kind", "oidc",
                "issuer", "https://127.0.0.1:1/",
                "client-id", "coffer",
                "client-secret", "Xq7-vT2m9Kc4_wR8zLb5"));
    provider.put(key, value);
    Path file = Files.createFile(folder.resolve("providers"), FOR_OWNER);
    Files.write(
        file,
        provider.entrySet().stream()
            .map(line -> "corp." + line.getKey() + " = " + line.getValue())
            .toList());
    Command.Result result =
        up().and("--port", Integer.toString(FreePort.pickTwo()), "--providers", file.toString())
            .within(START)
            .run();
    assertThat(result.status()).as(result.said()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo("coffer: auth-service: providers: corp.%s: %s\n".formatted(key, remedy));
  }

  private ProcessBuilder gateway(String word) {
    return service("terminal-gateway", word);
  }

  private ProcessBuilder service(String name, String... words) {
    Path built = Path.of("").toAbsolutePath().resolveSibling(name + "/target/quarkus-app");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(words));
    command.addAll(List.of("-jar", built.resolve("quarkus-run.jar").toString()));
    ProcessBuilder start =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile());
    start.environment().keySet().removeIf(key -> key.startsWith("COFFER_"));
    return start;
  }

  private void assertRefused(ProcessBuilder start, String line)
      throws IOException, InterruptedException {
    assertThat(refusal(start)).isEqualTo(line);
  }

  private String refusal(ProcessBuilder start) throws IOException, InterruptedException {
    Process process = start.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(1);
    return Files.readString(folder.resolve("said"), UTF_8);
  }
}
