// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vault;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.vault.client.VaultClient;
import io.quarkus.vault.client.VaultClientException;
import io.quarkus.vault.client.common.VaultJSONResultExtractor;
import io.quarkus.vault.client.common.VaultRequest;
import io.quarkus.vault.client.common.VaultResponse;
import io.quarkus.vault.client.logging.LogConfidentialityLevel;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Any path of Vault's HTTP API as JSON; blocks, so only on virtual or worker threads. An answer
 * comes within three seconds or is a problem {@code unavailable}, which says so if Vault is sealed.
 */
@ApplicationScoped
public class VaultJson {
  private static final Duration ANSWER = Duration.ofSeconds(3);

  private final VaultClient client;

  VaultJson(VaultClient client) {
    this.client = client;
  }

  /** The {@code data} of the answer. */
  public Map<String, Object> read(String path) {
    return read(path, ANSWER);
  }

  /** The same with a patience of its own: behind the first question is the sign-in to Vault. */
  Map<String, Object> read(String path, Duration patience) {
    VaultRequest.Builder<?> get = VaultRequest.get("read " + path).path((Object[]) path.split("/"));
    return map(send(get, patience).get("data"));
  }

  /** The same, or nothing if there is no such thing. */
  public Optional<Map<String, Object>> find(String path) {
    try {
      return Optional.of(read(path));
    } catch (ProblemException e) {
      if (e.getCause() instanceof ExecutionException answer
          && answer.getCause() instanceof VaultClientException refusal
          && Objects.equals(refusal.getStatus(), 404)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The {@code data} of the answer, empty if there is none. */
  public Map<String, Object> write(String path, Map<String, ?> body) {
    return map(send(post(path, body)).get("data"));
  }

  public void delete(String path) {
    send(VaultRequest.delete("delete " + path).path((Object[]) path.split("/")));
  }

  /**
   * The same as {@link #write}, but Vault keeps the answer and gives a token for it, good for one
   * use within {@code life}.
   */
  public WrappingToken writeWrapped(String path, Map<String, ?> body, Duration life) {
    Map<String, Object> info = map(send(post(path, body).wrapTTL(life)).get("wrap_info"));
    return new WrappingToken(text(info, "token"), text(info, "creation_path"));
  }

  private static VaultRequest.Builder<?> post(String path, Map<String, ?> body) {
    return VaultRequest.post("write " + path).path((Object[]) path.split("/")).body(body);
  }

  private Map<String, Object> send(VaultRequest.Builder<?> builder) {
    return send(builder, ANSWER);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private Map<String, Object> send(VaultRequest.Builder<?> builder, Duration patience) {
    VaultRequest<Map> request =
        builder
            .timeout(patience)
            .logConfidentialityLevel(LogConfidentialityLevel.HIGH)
            .expectedStatusCodes(List.of(200, 204))
            .build(VaultJSONResultExtractor.of(Map.class));
    try {
      VaultResponse<Map> response =
          client
              .execute(request)
              .toCompletableFuture()
              .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      Map<String, Object> result = response.getStatusCode() == 204 ? null : response.getResult();
      return result == null ? Map.of() : result;
    } catch (ExecutionException | TimeoutException e) {
      throw new ProblemException(
          VaultAnswers.isSealed(e) ? Problem.vaultSealed() : Problem.unavailable("Vault"), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.unavailable("Vault"), e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@org.jspecify.annotations.Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private static String text(Map<String, Object> from, String name) {
    if (from.get(name) instanceof String text) {
      return text;
    }
    throw new ProblemException(Problem.unavailable("Vault"));
  }
}
