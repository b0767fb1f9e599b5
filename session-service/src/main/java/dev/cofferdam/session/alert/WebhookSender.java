// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Posts alerts that are due, one after the other. Follows no redirect and reads nothing of what is
 * answered but its status: anything from 200 to 299 says that it has arrived.
 */
@ApplicationScoped
class WebhookSender {
  private static final Logger LOG = Logger.getLogger(WebhookSender.class);
  private static final int MOST_AT_ONCE = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Optional<Webhook> webhook;
  private final Deliveries deliveries;
  private final AlertStore alerts;
  private final AlertMeters meters;
  private final ObjectMapper json;
  private final InstantSource clock;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  WebhookSender(
      AlertConfig config,
      Deliveries deliveries,
      AlertStore alerts,
      AlertMeters meters,
      ObjectMapper json,
      InstantSource clock) {
    webhook = Webhook.of(config);
    this.deliveries = deliveries;
    this.alerts = alerts;
    this.meters = meters;
    this.json = json;
    this.clock = clock;
  }

  void stop(@Observes ShutdownEvent event) {
    client.shutdownNow();
  }

  @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void onTime() {
    webhook.ifPresent(
        to -> {
          try {
            deliveries.take(MOST_AT_ONCE).forEach(due -> deliver(to, due));
          } catch (RuntimeException e) {
            LOG.warnf("alerts wait for the webhook: %s", e.getMessage());
          }
        });
  }

  /** Whatever goes wrong with one counts as a try of it, and holds no other up. */
  private void deliver(Webhook to, Deliveries.Due due) {
    Optional<String> failure = tryToDeliver(to, due);
    meters.told(failure.isEmpty());
    if (failure.isEmpty()) {
      deliveries.delivered(due);
      return;
    }
    boolean over = deliveries.failed(due, failure.get());
    LOG.warnf(
        "the webhook at %s did not take alert %s, try %d: %s%s",
        to.url().getHost(), due.alert(), due.attempt(), failure.get(), over ? "; given up" : "");
  }

  private Optional<String> tryToDeliver(Webhook to, Deliveries.Due due) {
    try {
      return QuarkusTransaction.requiringNew()
          .call(() -> alerts.find(due.alert()))
          .map(alert -> post(to, due.message(), alert))
          .orElse(Optional.of("this version does not know its rule"));
    } catch (RuntimeException e) {
      return Optional.of(e.getClass().getSimpleName());
    }
  }

  /** Why it has not arrived. */
  private Optional<String> post(Webhook to, UUID id, Alert alert) {
    Instant now = clock.instant();
    String body = body(alert);
    HttpRequest request =
        HttpRequest.newBuilder(to.url())
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("User-Agent", "cofferdam")
            .header("webhook-id", id.toString())
            .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
            .header("webhook-signature", to.signature(id.toString(), now, body))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      answer.body().close();
      int status = answer.statusCode();
      return status / 100 == 2 ? Optional.empty() : Optional.of("it answered " + status);
    } catch (IOException e) {
      return Optional.of(e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("this service stops");
    }
  }

  private String body(Alert alert) {
    try {
      return json.writeValueAsString(WebhookBody.of(alert));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an alert is no JSON", e);
    }
  }
}
