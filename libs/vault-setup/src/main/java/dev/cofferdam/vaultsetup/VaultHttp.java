// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vaultsetup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.secrets.SecretBytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One Vault over plain HTTP on loopback. An answer comes within twenty seconds or not at all: the
 * first initialisation waits for an election, some seconds with raft's defaults.
 */
final class VaultHttp {
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final URI address;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();

  VaultHttp(URI address) {
    this.address = address;
  }

  Answer get(String path, @Nullable SecretBytes token) {
    return send(path, request(path, token).GET().build());
  }

  Answer post(String path, @Nullable SecretBytes token, byte[] body) {
    return send(path, request(path, token).POST(BodyPublishers.ofByteArray(body)).build());
  }

  /** Vault keeps the answer and gives a token for it. */
  Answer postWrapped(String path, SecretBytes token, Duration life) {
    return send(
        path,
        request(path, token)
            .header("X-Vault-Wrap-TTL", life.toSeconds() + "s")
            .POST(BodyPublishers.ofString("{}"))
            .build());
  }

  private HttpRequest.Builder request(String path, @Nullable SecretBytes token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve("/v1/" + path))
            .timeout(ANSWER)
            .header("X-Vault-Request", "true")
            .header("Content-Type", "application/json");
    if (token != null) {
      request.header("X-Vault-Token", token.map(bytes -> new String(bytes, US_ASCII)));
    }
    return request;
  }

  private Answer send(String path, HttpRequest request) {
    try {
      var response = http.send(request, BodyHandlers.ofByteArray());
      return new Answer(request.method() + " " + path, response.statusCode(), response.body());
    } catch (IOException e) {
      throw new VaultUnreachable("Vault at " + address + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VaultUnreachable("interrupted while waiting for Vault", e);
    }
  }
}
