// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.refusals;

import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.events.SecurityEvent.Asker;
import dev.cofferdam.identity.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Counts refusals. The first of a kind is to be told at once, those that follow once in {@link
 * #EVERY}: one event for each (what, why, about what, by whom, from which network). At most {@value
 * #MOST} kinds are told apart in that time; of more it is said what was refused and how often, but
 * not to whom. So a flood costs neither memory nor more than some ten events a second. Thread-safe;
 * adding takes no longer than to look into a map.
 */
public final class Tally {
  static final Duration EVERY = Duration.ofMinutes(1);
  static final int MOST = 512;

  /** Of {@link #MOST}, what one network may take up: it must not hide what others do. */
  static final int MOST_OF_ONE_NETWORK = 64;

  private final Map<Kind, Counted> counted = new HashMap<>();
  private final Map<String, Integer> ofNetwork = new HashMap<>();

  /** Who is counted together. */
  private record Kind(
      String what, String why, String subject, Optional<UserId> user, String network) {
    static Kind of(Refusal r) {
      Asker asker = r.asker();
      return new Kind(r.what(), r.why(), r.subject(), asker.user(), Networks.of(asker.address()));
    }

    /** Our own words: there are few of them. */
    Kind withoutWho() {
      return new Kind(what, why, "", Optional.empty(), "");
    }
  }

  /** What is known of a kind in its present minute. */
  private static final class Counted {
    private final Refusal first;
    private final Instant since;
    private Instant toldAt = Instant.MIN;
    private Instant firstAt;
    private int count;

    private Counted(Refusal first, Instant now) {
      this.first = first;
      since = now;
      firstAt = now;
    }

    private boolean isDue(Instant now) {
      return !toldAt.isAfter(now.minus(EVERY));
    }

    private boolean isOver(Instant now) {
      return count == 0 && !since.isAfter(now.minus(EVERY)) && isDue(now);
    }
  }

  /** To be told, with what the event does not say. */
  public record Told(SecurityEvent.Refused event, String userAgent) {}

  public synchronized void add(Refusal refusal, Instant now) {
    Kind kind = Kind.of(refusal);
    Counted known = counted.get(kind);
    if (known != null) {
      count(known, now);
      return;
    }
    if (isFull(kind.network())) {
      Kind many = kind.withoutWho();
      Refusal nobodys = Refusal.of(refusal.what(), refusal.why());
      count(counted.computeIfAbsent(many, k -> new Counted(nobodys, now)), now);
      return;
    }
    Counted fresh = new Counted(refusal, now);
    counted.put(kind, fresh);
    ofNetwork.merge(kind.network(), 1, Integer::sum);
    count(fresh, now);
  }

  private boolean isFull(String network) {
    return counted.size() >= MOST
        || (!network.isEmpty() && ofNetwork.getOrDefault(network, 0) >= MOST_OF_ONE_NETWORK);
  }

  private static void count(Counted known, Instant now) {
    if (known.count == 0) {
      known.firstAt = now;
    }
    known.count = Math.min(known.count, Integer.MAX_VALUE - 1) + 1;
  }

  /** What is to be told by now, each at once the last that is known of it. */
  public synchronized List<Told> due(Instant now) {
    List<Told> due = new ArrayList<>();
    for (Iterator<Map.Entry<Kind, Counted>> all = counted.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Kind, Counted> next = all.next();
      Counted known = next.getValue();
      if (known.isOver(now)) {
        all.remove();
        leave(next.getKey().network());
      } else if (known.count > 0 && known.isDue(now)) {
        due.add(told(known));
        known.toldAt = now;
        known.count = 0;
      }
    }
    return due;
  }

  /** Everything, due or not: nothing comes behind it. */
  public synchronized List<Told> rest() {
    List<Told> rest =
        counted.values().stream().filter(known -> known.count > 0).map(Tally::told).toList();
    counted.clear();
    ofNetwork.clear();
    return rest;
  }

  private void leave(String network) {
    ofNetwork.computeIfPresent(network, (n, kinds) -> kinds > 1 ? kinds - 1 : null);
  }

  private static Told told(Counted known) {
    Refusal r = known.first;
    return new Told(
        new SecurityEvent.Refused(
            UUID.randomUUID(),
            known.firstAt,
            r.what(),
            r.why(),
            r.subject(),
            r.asker(),
            known.count),
        r.userAgent());
  }

  synchronized int size() {
    return counted.size();
  }
}
