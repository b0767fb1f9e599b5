// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.ledger.Fact;
import dev.cofferdam.ledger.Outcome;
import dev.cofferdam.ledger.Row;
import dev.cofferdam.ledger.Verdict;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.testkit.TokenIssuer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** Several who append at the same time, as replicas do, each with what it remembers. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class LedgerIT {
  private static final Logger LOG = Logger.getLogger(LedgerIT.class);
  private static final int BATCH = 100;

  TokenIssuer issuer;

  @Inject Ledger ledger;
  @Inject LedgerReader reader;
  @Inject HeadSigner heads;
  @Inject DataSource database;

  private static Fact fact(String detail) {
    return Fact.of(
        UUID.randomUUID(),
        Instant.now(),
        Fact.Who.of("test"),
        Fact.What.cleaned("audit", "test", "", "", detail),
        Outcome.ALLOWED,
        "");
  }

  private static List<Fact> batch(String detail) {
    return IntStream.range(0, BATCH).mapToObj(i -> fact(detail)).toList();
  }

  private static void commit(Ledger to, List<Fact> facts) {
    QuarkusTransaction.requiringNew().run(() -> to.append(facts));
  }

  private static void rollBack(Ledger to, List<Fact> facts) {
    try {
      QuarkusTransaction.requiringNew()
          .run(
              () -> {
                to.append(facts);
                throw new IllegalStateException("given up");
              });
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("given up");
    }
  }

  private List<Row> rows(String detail) {
    return reader.oldest(Filter.ALL.and("detail = ?", detail), 10_000);
  }

  @Test
  void manyWritersOfWhomSomeGiveUpMakeOneLedger() throws Exception {
    String detail = UUID.randomUUID().toString();
    Ledger replica = new Ledger(database);
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 80; i++) {
        Ledger of = i % 2 == 0 ? ledger : replica;
        boolean givesUp = i % 5 == 0;
        all.add(
            writers.submit(
                () -> {
                  if (givesUp) {
                    rollBack(of, List.of(fact(detail), fact(detail)));
                  } else {
                    commit(of, List.of(fact(detail), fact(detail), fact(detail)));
                  }
                }));
      }
    }
    for (Future<?> each : all) {
      each.get();
    }
    assertThat(rows(detail)).hasSize(64 * 3);
    heads.sign();
    Auditor auditor = new Auditor(issuer);
    assertThat(auditor.verify(auditor.export(), null)).isInstanceOf(Verdict.Good.class);
  }

  @Test
  void theSameEventIsTheSameEntry() {
    String detail = UUID.randomUUID().toString();
    Fact once = fact(detail);
    commit(ledger, List.of(once, fact(detail), once));
    commit(ledger, List.of(once));
    commit(new Ledger(database), List.of(once, fact(detail)));
    assertThat(rows(detail)).hasSize(3);
  }

  /** How fast it is here, for bench/README.md; whoever else runs on the machine decides. */
  @Test
  void appendsBatchAfterBatch() {
    int batches = 100;
    commit(ledger, batch("warm"));
    Instant begin = Instant.now();
    for (int i = 0; i < batches; i++) {
      commit(ledger, batch("fast"));
    }
    Duration took = Duration.between(begin, Instant.now());
    LOG.infof("appended %d entries a second", batches * BATCH * 1000L / took.toMillis());
    heads.sign();
    Auditor auditor = new Auditor(issuer);
    assertThat(auditor.verify(auditor.export(), null))
        .isInstanceOfSatisfying(
            Verdict.Good.class,
            good -> assertThat(good.signed()).isGreaterThan((long) batches * BATCH));
  }
}
