// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Signing in with an SSH key, from the signature to the tokens, and a refresh token's next pair, as
 * a client on the same machine sees them: so they are upper bounds of what the server takes. Tries
 * are limited to 120 a minute; the waiting is not measured.
 */
final class SignIns implements Runnable {
  private static final int SIGN_INS = 100;
  private static final int REFRESHES = 200;
  private static final int WARM_UP = 20;
  private static final int KEYGEN_SECONDS = 20;

  private final Product product;
  private final Report report;

  SignIns(Product product, Report report) {
    this.product = product;
    this.report = report;
  }

  @Override
  public void run() {
    try {
      Path directory = Files.createTempDirectory("bench-key");
      Path key = directory.resolve("key");
      keygen(directory, "-q -t ed25519 -N  -C bench -f " + key);
      JsonNode challenge = product.post("/api/ssh-keys/challenges", Map.of());
      product.post("/api/ssh-keys", signed(directory, challenge));
      measure(directory, fingerprint(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void measure(Path directory, String fingerprint) throws IOException {
    long[] signIns = new long[SIGN_INS];
    String refreshToken = "";
    for (int i = -WARM_UP; i < SIGN_INS; i++) {
      Map<String, String> signed = signedChallenge(directory, fingerprint);
      refreshToken = next("/api/sign-in/tokens/ssh-key", signed, signIns, i);
    }
    tell("sign-in by SSH key p99", signIns, 25);
    long[] refreshes = new long[REFRESHES];
    for (int i = -WARM_UP; i < REFRESHES; i++) {
      Map<String, String> spent = Map.of("refreshToken", refreshToken);
      refreshToken = next("/api/sign-in/tokens", spent, refreshes, i);
    }
    tell("token refresh p99", refreshes, 15);
  }

  private void tell(String figure, long[] took, double target) {
    Figures figures = Figures.of(took);
    String seen = Measurements.seen("p50 %.1f ms", figures.millisAt(0.5));
    report.atMost(figure, figures.millisAt(0.99), "ms", target, seen);
  }

  /** The refresh token of the answer; what it took is kept from the first one on. */
  private String next(String path, Map<String, String> body, long[] took, int index) {
    Product.Timed pair = product.postOutside(path, body);
    if (index >= 0) {
      took[index] = pair.nanos();
    }
    return pair.answer().path("refreshToken").asText();
  }

  private Map<String, String> signedChallenge(Path directory, String fingerprint)
      throws IOException {
    Map<String, String> who = Map.of("name", "", "fingerprint", fingerprint);
    return signed(directory, product.postOutside("/api/sign-in/ssh-key/challenges", who).answer());
  }

  private static Map<String, String> signed(Path directory, JsonNode challenge) throws IOException {
    Path text = directory.resolve("text");
    Files.writeString(text, challenge.path("text").asText(), StandardCharsets.UTF_8);
    Files.deleteIfExists(directory.resolve("text.sig"));
    String namespace = challenge.path("namespace").asText();
    keygen(directory, "-q -Y sign -n " + namespace + " -f " + directory.resolve("key") + " text");
    return Map.of(
        "challengeId", challenge.path("id").asText(),
        "signature", Files.readString(directory.resolve("text.sig")));
  }

  private static String fingerprint(Path directory) throws IOException {
    return keygen(directory, "-l -f key.pub").split(" ", 3)[1];
  }

  /** Words are separated by single spaces; two in a row are an empty word between them. */
  private static String keygen(Path directory, String words) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(("ssh-keygen " + words).split(" ", -1));
    Process process = builder.directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(KEYGEN_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("ssh-keygen: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return said;
  }
}
