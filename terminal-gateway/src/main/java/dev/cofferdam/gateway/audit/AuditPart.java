// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.edge.PartClient;
import dev.cofferdam.edge.PartStream;
import dev.cofferdam.gateway.limit.PresentAddress;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** session-service's ledger, asked with the visitor's token. Blocks. */
@Singleton
class AuditPart {
  private final PartClient part;
  private final PartStream stream;
  private final ObjectMapper json;

  AuditPart(
      Vertx vertx,
      ObjectMapper json,
      PresentAddress client,
      @ConfigProperty(name = "coffer.session.url", defaultValue = "http://127.0.0.1:1")
          List<URI> urls) {
    this.json = json;
    part = new PartClient(vertx, "session-service", urls, json, client);
    stream = new PartStream("session-service", urls, json, client);
  }

  <T> T get(String bearer, String path, Class<T> type) {
    return call("GET", bearer, path, type);
  }

  <T> T post(String bearer, String path, Class<T> type) {
    return call("POST", bearer, path, type);
  }

  private <T> T call(String method, String bearer, String path, Class<T> type) {
    try {
      return json.treeToValue(part.call(method, path, bearer, null), type);
    } catch (JsonProcessingException e) {
      throw new ProblemException(Problem.unavailable("session-service"), e);
    }
  }

  /** All of it may be larger than memory should hold; the caller closes it. */
  InputStream open(String bearer, String path) {
    return stream.open(path, bearer);
  }
}
