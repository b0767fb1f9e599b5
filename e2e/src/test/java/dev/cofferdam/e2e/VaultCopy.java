// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.testkit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * A copy of a product's Vault, unsealed by whoever knows the unseal key. Only on a copy can a test
 * learn a workspace's real key: the running Vault tells it to nobody.
 */
final class VaultCopy implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path folder;
  private final Process server;
  private final URI address;
  private String token = "";

  private VaultCopy(Path folder, Process server, int port) {
    this.folder = folder;
    this.server = server;
    address = URI.create("http://127.0.0.1:" + port + "/v1/");
  }

  /** Copies while the original stands still, as a crash would leave it. */
  static VaultCopy of(Coffer coffer) throws IOException {
    Path folder = Files.createTempDirectory("coffer-vault-copy");
    long original = coffer.part("vault").pid();
    Processes.signal("STOP", original);
    try {
      run("cp", "-r", coffer.data().resolve("vault").toString(), folder.resolve("data").toString());
    } finally {
      Processes.signal("CONT", original);
    }
    int port = FreePort.pick();
    Path config = Files.writeString(folder.resolve("config.hcl"), config(folder, port));
    Process server =
        new ProcessBuilder("/proc/" + original + "/exe", "server", "-config=" + config)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    VaultCopy copy = new VaultCopy(folder, server, port);
    copy.open(coffer.unsealKey());
    return copy;
  }

  private static String config(Path folder, int port) throws IOException {
    return """
    storage "raft" {
      path = "%1$s/data"
      node_id = "one"
    }
    listener "tcp" {
      address = "127.0.0.1:%2$d"
      cluster_address = "127.0.0.1:%3$d"
      tls_disable = true
      disable_unauthed_generate_root_endpoints = false
    }
    api_addr = "http://127.0.0.1:%2$d"
    cluster_addr = "http://127.0.0.1:%3$d"
    """
        .formatted(folder, port, FreePort.pick());
  }

  private void open(String unsealKey) {
    String key = "{\"key\":\"" + unsealKey + "\"}";
    Await.until(
        "the copy to be unsealed",
        PATIENCE,
        () -> call("sys/unseal", key).map(a -> !a.path("sealed").asBoolean(true)).orElse(false));
    token = Await.value("a root token", PATIENCE, () -> rootToken(unsealKey));
  }

  /** One attempt. An earlier one that was cut off is dropped: nobody has its mask any more. */
  private Optional<String> rootToken(String unsealKey) {
    call("DELETE", "sys/generate-root/attempt", "");
    return call("sys/generate-root/attempt", "{}")
        .flatMap(attempt -> rootToken(unsealKey, attempt));
  }

  private Optional<String> rootToken(String unsealKey, JsonNode attempt) {
    String nonce = attempt.path("nonce").asText();
    String key = "{\"key\":\"" + unsealKey + "\",\"nonce\":\"" + nonce + "\"}";
    return call("sys/generate-root/update", key)
        .map(
            answer ->
                unmasked(answer.path("encoded_token").asText(), attempt.path("otp").asText()));
  }

  private static String unmasked(String encoded, String mask) {
    byte[] bytes = Base64.getDecoder().decode(encoded + "=".repeat((4 - encoded.length() % 4) % 4));
    byte[] otp = mask.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= otp[i];
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /** The data key behind this wrapped one; empty if it was wrapped for another workspace. */
  Optional<byte[]> unwrap(String workspace, String wrapped) {
    return call("transit/decrypt/ws-" + workspace, "{\"ciphertext\":\"" + wrapped + "\"}")
        .map(answer -> Base64.getDecoder().decode(answer.at("/data/plaintext").asText()));
  }

  /** Empty unless it succeeded. */
  private Optional<JsonNode> call(String path, String body) {
    return call("PUT", path, body);
  }

  private Optional<JsonNode> call(String method, String path, String body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve(path))
              .header("X-Vault-Token", token)
              .method(method, BodyPublishers.ofString(body))
              .timeout(PATIENCE)
              .build();
      var answer = http.send(request, BodyHandlers.ofString());
      return answer.statusCode() == 200
          ? Optional.of(JSON.readTree(answer.body()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void run(String... words) throws IOException {
    try {
      assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    http.close();
    server.destroy();
    try {
      server.waitFor();
      Trees.remove(folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (UncheckedIOException e) {
      throw new IllegalStateException("the copy of Vault could not be removed", e);
    }
  }
}
