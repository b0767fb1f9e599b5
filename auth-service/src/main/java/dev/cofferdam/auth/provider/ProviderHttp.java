// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Asks providers: by https only, an answer within {@link #LONGEST} and of at most {@value
 * #LARGEST_BYTES} bytes, no redirect followed, nothing it says quoted in a message. Blocks.
 */
final class ProviderHttp {
  /** Keys of large providers take some ten. */
  static final int LARGEST_BYTES = 256 * 1024;

  static final Duration LONGEST = Duration.ofSeconds(4);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final AddressRule addresses;
  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  ProviderHttp(AddressRule addresses) {
    this.addresses = addresses;
  }

  /** What it answered; {@code body} is missing where that was no JSON. */
  record Answer(int status, JsonNode body) {
    boolean isOk() {
      return status == 200;
    }

    @Override
    public String toString() {
      return "Answer[" + status + "]";
    }
  }

  Answer get(URI address, Map<String, String> headers) {
    return send(request(address, headers).GET().build());
  }

  Answer post(URI address, Map<String, String> form, Map<String, String> headers) {
    return send(
        request(address, headers)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encode(form)))
            .build());
  }

  /** A DELETE with a JSON body, as GitHub wants it. */
  Answer delete(URI address, Map<String, String> body, Map<String, String> headers) {
    try {
      return send(
          request(address, headers)
              .header("Content-Type", "application/json")
              .method("DELETE", BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
              .build());
    } catch (IOException e) {
      throw new IllegalStateException("a map can be written", e);
    }
  }

  /** RFC 6749 appendix B. */
  static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private HttpRequest.Builder request(URI address, Map<String, String> headers) {
    if (!addresses.allows(address)) {
      throw ProviderFailure.wrong("an address that is not https: " + address.getHost());
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(LONGEST)
            .header("Accept", "application/json")
            .header("User-Agent", "Cofferdam");
    headers.forEach(request::setHeader);
    return request;
  }

  /** The time is for the whole answer; the client's own ends with the head of it. */
  private Answer send(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_BYTES));
    try {
      return read(answer.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS), request);
    } catch (ExecutionException | TimeoutException e) {
      throw ProviderFailure.away(request.uri().getHost() + " does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProviderFailure.away("interrupted");
    } finally {
      answer.cancel(true);
    }
  }

  private static Answer read(HttpResponse<byte[]> answer, HttpRequest request) {
    if (answer.statusCode() >= 500) {
      throw ProviderFailure.away(request.uri().getHost() + " answers " + answer.statusCode());
    }
    return new Answer(answer.statusCode(), json(answer.body()));
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode read = JSON.readTree(body);
      return read == null ? JSON.missingNode() : read;
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }
}
