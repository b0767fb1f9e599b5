// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers at {@code /q/metrics} of the management port, which only this machine reaches: how many
 * alerts of each rule are open, how many wait for the webhook, how many entries the watch has seen,
 * and how often the webhook was told or did not listen. No name or address is among them.
 */
@ApplicationScoped
class AlertMeters {
  private final AlertStore alerts;
  private final Deliveries deliveries;
  private final Map<Rule, AtomicLong> open = new EnumMap<>(Rule.class);
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicLong seen = new AtomicLong();
  private final Counter delivered;
  private final Counter failed;

  AlertMeters(AlertStore alerts, Deliveries deliveries, MeterRegistry registry) {
    this.alerts = alerts;
    this.deliveries = deliveries;
    for (Rule rule : Rule.values()) {
      AtomicLong number = new AtomicLong();
      open.put(rule, number);
      Gauge.builder("coffer.alerts.open", number, AtomicLong::doubleValue)
          .tag("rule", rule.word())
          .tag("severity", rule.severity().word())
          .register(registry);
    }
    Gauge.builder("coffer.alerts.webhook.waiting", waiting, AtomicLong::doubleValue)
        .register(registry);
    Gauge.builder("coffer.alerts.entries.seen", seen, AtomicLong::doubleValue).register(registry);
    delivered = registry.counter("coffer.alerts.webhook", "outcome", "delivered");
    failed = registry.counter("coffer.alerts.webhook", "outcome", "failed");
  }

  void told(boolean arrived) {
    (arrived ? delivered : failed).increment();
  }

  @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  @Transactional
  void count() {
    Map<Rule, Long> now = alerts.open();
    open.forEach((rule, number) -> number.set(now.getOrDefault(rule, 0L)));
    waiting.set(deliveries.waiting());
    seen.set(alerts.entriesSeen());
  }
}
