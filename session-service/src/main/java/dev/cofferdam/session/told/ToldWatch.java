// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.told;

import dev.cofferdam.outbox.ToldCounts.Mark;
import dev.cofferdam.outbox.ToldCounts.Page;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.session.audit.DeadLetters;
import dev.cofferdam.session.told.ToldBook.Missing;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Asks every 20 seconds how far each part has told. What it says Kafka has and nobody heard is
 * missing once the ledger's reader is past the place at which topics ended after it was said: a
 * reader that is slow raises no alarm. How far it was asked stands in the database and moves with
 * what is told of it, so each is told of once, whichever replica looks and whatever restarts.
 */
@ApplicationScoped
class ToldWatch {
  private static final Logger LOG = Logger.getLogger(ToldWatch.class);
  private static final int MOST_PAGES = 10;

  /** As many are named of one page; how many others there are is said. */
  static final int MOST_NAMED = 20;

  private final Tellers tellers;
  private final ReadEnds ends;
  private final ToldBook book;
  private final DeadLetters dead;

  /** What nobody had heard when it was said; at most a page of each teller. */
  private final Map<PartName, Unread> unread = new ConcurrentHashMap<>();

  private record Unread(Mark from, Page page, Map<TopicPartition, Long> ends) {}

  ToldWatch(Tellers tellers, ReadEnds ends, ToldBook book, DeadLetters dead) {
    this.tellers = tellers;
    this.ends = ends;
    this.book = book;
    this.dead = dead;
  }

  @Scheduled(every = "20s", delayed = "20s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void onTime() {
    for (PartName teller : Tellers.all()) {
      try {
        look(teller);
      } catch (RuntimeException e) {
        LOG.warnf(
            "how far %s-service has told is looked at later: %s", teller.word(), e.getMessage());
      }
    }
  }

  void look(PartName teller) {
    Unread waiting = unread.get(teller);
    if (waiting != null && !hasEnded(teller, waiting)) {
      return;
    }
    boolean more = true;
    for (int pages = 0; more && pages < MOST_PAGES; pages++) {
      more = lookAtNext(teller);
    }
  }

  /** Whether all that was there when it was said is read, and told of if it is missing. */
  private boolean hasEnded(PartName teller, Unread waiting) {
    if (!ends.hasRead(waiting.ends())) {
      return false;
    }
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              if (book.move(teller, waiting.from(), waiting.page().next())) {
                tell(teller, book.neverHeard(teller, waiting.page().counts()));
              }
            });
    unread.remove(teller);
    return true;
  }

  /** Whether there is another page. */
  private boolean lookAtNext(PartName teller) {
    Optional<Mark> mark = book.mark(teller);
    if (mark.isEmpty()) {
      book.begin(teller, tellers.now(teller).next());
      return false;
    }
    Page page = tellers.since(teller, mark.get());
    boolean isBack = page.next().at().isBefore(mark.get().at());
    if (page.counts().isEmpty() && !isBack) {
      return false;
    }
    if (!book.neverHeard(teller, page.counts()).isEmpty()) {
      Unread found = new Unread(mark.get(), page, ends.now());
      unread.put(teller, found);
      return hasEnded(teller, found) && page.more();
    }
    return book.move(teller, mark.get(), page.next()) && page.more();
  }

  private void tell(PartName teller, List<Missing> missing) {
    missing.stream()
        .limit(MOST_NAMED)
        .forEach(
            one ->
                dead.missingAtTheEnd(
                    one.told().topic(),
                    one.told().key(),
                    one.told().number() - one.heard(),
                    teller.word()
                        + "-service has told "
                        + one.told().number()
                        + " in chain "
                        + one.told().chain()
                        + ", of which "
                        + one.heard()
                        + " came"));
    if (missing.size() > MOST_NAMED) {
      int others = missing.size() - MOST_NAMED;
      String about = others + " other keys of " + teller.word() + "-service";
      dead.missingAtTheEnd(missing.getLast().told().topic(), about, others, about);
    }
  }
}
