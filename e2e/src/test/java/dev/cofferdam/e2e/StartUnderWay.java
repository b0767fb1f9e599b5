// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code ./coffer up} in the foreground, with nobody at the keyboard, watched while it starts.
 */
final class StartUnderWay implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(2);
  private static final Pattern KEY = Pattern.compile("Unseal key: (\\S+)");
  private static final Pattern ADDRESS = Pattern.compile("address += \"(127[.0-9]+:[0-9]+)\"");
  private static final Pattern CONFIG = Pattern.compile("-config=(\\S+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path out;

  private StartUnderWay(Process process, Path out) {
    this.process = process;
    this.out = out;
  }

  /**
   * @param key empty if none is known
   */
  static StartUnderWay begin(Path folder, Path data, String port, String key) {
    Path checkout = Path.of("").toAbsolutePath().getParent();
    try {
      Path out = Files.createTempFile(folder, "up", "");
      ProcessBuilder builder =
          new ProcessBuilder(checkout + "/coffer", "up", "--data", data.toString(), "--port", port)
              .directory(checkout.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.to(out.toFile()));
      builder.environment().put("COFFER_SKIP_BUILD", "1");
      if (!key.isEmpty()) {
        builder.environment().put("COFFER_UNSEAL_KEY", key);
      }
      return new StartUnderWay(builder.start(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Optional<String> keyIn(String said) {
    Matcher found = KEY.matcher(said);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  String said() {
    try {
      return Files.readString(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails with all that it said. */
  void await(String what, BooleanSupplier seen) {
    try {
      Await.value(
          what,
          LONGEST,
          LOOK_EVERY,
          () -> seen.getAsBoolean() ? Optional.of(true) : stillGoingOn());
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + ": " + said(), e);
    }
  }

  private Optional<Boolean> stillGoingOn() {
    if (!process.isAlive()) {
      throw new IllegalStateException("it has ended with status " + process.exitValue());
    }
    return Optional.empty();
  }

  boolean hasVault() {
    return vault() != 0;
  }

  /** Vault's process; 0 before there is one. */
  long vault() {
    return Processes.descendants(process.pid()).stream()
        .filter(pid -> Processes.name(pid).equals("bao"))
        .findFirst()
        .orElse(0L);
  }

  /** Whether Vault has made its keys. */
  boolean isVaultInitialised() {
    return vaultAddress().map(this::sealStatus).orElse("").contains("\"initialized\":true");
  }

  /** It sees its files at a place of its own. */
  private Optional<String> vaultAddress() {
    long pid = vault();
    Matcher config = CONFIG.matcher(Processes.commandLine(pid));
    if (!config.find()) {
      return Optional.empty();
    }
    Matcher address = ADDRESS.matcher(Processes.read(pid, "root" + config.group(1)));
    return address.find() ? Optional.of(address.group(1)) : Optional.empty();
  }

  private String sealStatus(String address) {
    try {
      URI status = URI.create("http://" + address + "/v1/sys/seal-status");
      return http.send(HttpRequest.newBuilder(status).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Everything at once; returns when nothing of it is left. */
  void kill() {
    Set<Long> all = Processes.descendants(process.pid());
    all.add(process.pid());
    Processes.signal("KILL", all.stream().mapToLong(Long::longValue).toArray());
    Await.until("all to be gone", LONGEST, () -> all.stream().noneMatch(Processes::isAlive));
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
    http.close();
  }
}
