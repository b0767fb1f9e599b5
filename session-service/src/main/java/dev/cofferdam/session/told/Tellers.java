// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.told;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.edge.PartClient;
import dev.cofferdam.outbox.ToldCounts;
import dev.cofferdam.outbox.ToldCounts.Mark;
import dev.cofferdam.outbox.ToldCounts.Page;
import dev.cofferdam.partidentity.PartName;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URLEncoder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** Asks each part that tells events how far it has told; this one itself, in its own database. */
@ApplicationScoped
class Tellers {
  private static final URI NOWHERE = URI.create("https://127.0.0.1:1");
  private static final String ROUTE = "/internal/counts";

  private final ObjectMapper json;
  private final ToldCounts own;
  private final Map<PartName, Other> others = new EnumMap<>(PartName.class);

  private record Other(PartClient part, String credential) {}

  Tellers(Vertx vertx, ObjectMapper json, ToldCounts own, Config config) {
    this.json = json;
    this.own = own;
    for (PartName part : List.of(PartName.AUTH, PartName.WORKSPACE)) {
      String coffer = "coffer." + part.word() + ".url";
      List<URI> urls = config.getOptionalValues(coffer, URI.class).orElse(List.of(NOWHERE));
      String credential =
          config
              .getOptionalValue("coffer.call." + part.word() + ".secret", String.class)
              .orElse("");
      others.put(
          part, new Other(new PartClient(vertx, part.word() + "-service", urls, json), credential));
    }
  }

  static Set<PartName> all() {
    return Set.of(PartName.AUTH, PartName.WORKSPACE, PartName.SESSION);
  }

  /**
   * Where it is now.
   *
   * @throws RuntimeException if it does not answer
   */
  Page now(PartName teller) {
    Other other = others.get(teller);
    return other == null ? own.now() : ask(other, ROUTE);
  }

  /**
   * What has moved since.
   *
   * @throws RuntimeException if it does not answer
   */
  Page since(PartName teller, Mark mark) {
    Other other = others.get(teller);
    if (other == null) {
      return own.since(mark);
    }
    return ask(
        other,
        ROUTE
            + "?at="
            + encoded(mark.at().toString())
            + "&topic="
            + encoded(mark.topic())
            + "&key="
            + encoded(mark.key()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private Page ask(Other other, String path) {
    JsonNode answer = other.part().call("GET", path, other.credential(), null);
    try {
      Page page = json.treeToValue(answer, Page.class);
      if (page.counts().size() > ToldCounts.MOST) {
        throw new IllegalStateException("more counts than there may be at once");
      }
      return page;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("counts that can't be read", e);
    }
  }
}
