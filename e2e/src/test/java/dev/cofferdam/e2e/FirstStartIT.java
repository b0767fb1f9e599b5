// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.testkit.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of everything at several moments of a first start, each a little later than the last. */
class FirstStartIT {
  private static final Duration START = Duration.ofMinutes(4);
  private static final String AGAIN = "The first start was cut short";

  private final String port = Integer.toString(FreePort.pick());
  @TempDir Path folder;
  private Path data;
  private String key = "";

  @BeforeEach
  void choosePlace() {
    data = folder.resolve("data");
  }

  @AfterEach
  void remove() {
    new Command("down", "--data", data.toString()).run();
    new Command("reset", "--data", data.toString()).typing("data\n").run();
  }

  private StartUnderWay begin() {
    return StartUnderWay.begin(folder, data, port, key);
  }

  /** The newest that was shown, as a person would have it. */
  private void keepKey(String said) {
    key = StartUnderWay.keyIn(said).orElse(key);
  }

  @Test
  void theNextUpGoesOnByItselfWhereverOneWasKilled() {
    try (StartUnderWay start = begin()) {
      start.await("Vault's process", start::hasVault);
    }
    try (StartUnderWay start = begin()) {
      start.await("Vault to have its keys", start::isVaultInitialised);
      start.kill();
      assertThat(start.said()).as("nothing was promised").doesNotContain("Unseal key");
    }
    try (StartUnderWay start = begin()) {
      start.await("Vault to have its keys", start::isVaultInitialised);
      assertThat(start.said()).contains(AGAIN);
      Processes.kill(start.vault());
      start.await("a key", () -> start.said().contains("Unseal key: "));
      start.kill();
      keepKey(start.said());
    }
    try (StartUnderWay start = begin()) {
      start.await("a database", () -> Files.exists(data.resolve("postgres/17.new")));
      start.kill();
      keepKey(start.said());
    }
    try (StartUnderWay start = begin()) {
      start.await("a service", () -> Files.exists(data.resolve("logs/auth-service.log")));
      start.kill();
      keepKey(start.said());
    }
    up();
  }

  /** Vault is sealed, so this also says that the key is the right one. */
  private void up() {
    Command.Result result =
        new Command("up", "--detach", "--data", data.toString(), "--port", port)
            .environment("COFFER_UNSEAL_KEY", key)
            .within(START)
            .run();
    assertThat(result.status()).as(result.said()).isZero();
    assertThat(result.out()).contains("Sign in: ").doesNotContain("Unseal key", AGAIN);
  }
}
