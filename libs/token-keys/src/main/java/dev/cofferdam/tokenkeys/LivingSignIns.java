// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.edge.PartClient;
import dev.cofferdam.events.Event;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.events.Topic;
import dev.cofferdam.eventtail.KafkaTail;
import dev.cofferdam.partidentity.kafka.KafkaClient;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Whether the sign-in still holds that a token was issued for (ADR 0024). Its end is told by Kafka;
 * auth-service is asked about one that was not seen here yet, or, while Kafka is away, twice a
 * second. Blocks where it has to ask.
 */
@ApplicationScoped
class LivingSignIns {
  private static final String PLACE = "/internal/over";

  private final PartClient auth;
  private final String credential;
  private final KafkaTail ends;
  private final KnownSignIns known = new KnownSignIns();

  LivingSignIns(
      Vertx vertx,
      ObjectMapper json,
      @ConfigProperty(name = "coffer.auth.url", defaultValue = "https://127.0.0.1:1")
          List<URI> urls,
      @ConfigProperty(name = "coffer.call.auth.secret") Optional<String> credential,
      @ConfigProperty(name = "coffer.kafka.bootstrap") String bootstrap) {
    auth = new PartClient(vertx, "auth-service", urls, json);
    this.credential = credential.orElse("");
    ends = new KafkaTail(KafkaClient.own(bootstrap), List.of(Topic.SECURITY), this::take);
  }

  void start(@Observes StartupEvent event) {
    ends.start();
  }

  void stop(@Observes ShutdownEvent event) {
    ends.close();
  }

  private void take(Event event) {
    if (event instanceof SecurityEvent.SignInEnded ended) {
      known.ended(ended.browserSession());
    }
  }

  /**
   * @throws ProblemException 503 if it has to be asked and can't be: then nobody is let in
   */
  boolean holds(UUID signIn) {
    return switch (known.state(signIn, ends.hearsAll(), System.nanoTime())) {
      case HOLDS -> true;
      case OVER -> false;
      case UNKNOWN -> ask(signIn);
    };
  }

  /** The answer lasts only if ends were heard of before the question: then none falls between. */
  private boolean ask(UUID signIn) {
    long askedAt = System.nanoTime();
    boolean wasHeard = ends.hearsAll();
    JsonNode answer =
        auth.call("POST", PLACE, credential, Map.of("signIns", List.of(signIn.toString())));
    if (!answer.path("ended").isArray()) {
      return false;
    }
    for (JsonNode over : answer.path("ended")) {
      if (over.asText().equals(signIn.toString())) {
        known.ended(signIn);
        return false;
      }
    }
    return known.holds(signIn, askedAt, wasHeard);
  }
}
