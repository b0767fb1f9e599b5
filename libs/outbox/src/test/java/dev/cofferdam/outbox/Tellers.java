// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.outbox.Transactions.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tell of many events as services do: on {@value #THREADS} threads, each of keys of its own. */
final class Tellers {
  private static final int THREADS = 4;
  private static final int KEYS = 12;

  private Tellers() {}

  /**
   * @param together how many, of one key, are told of in one transaction
   * @return those of a key in the order in which they were told
   */
  static List<Event> tell(Transactions in, int count, int together, Runnable committed)
      throws Exception {
    List<Future<List<Event>>> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int i = 0; i < THREADS; i++) {
        done.add(threads.submit(() -> tellSome(in, count / THREADS, together, committed)));
      }
    }
    List<Event> told = new ArrayList<>();
    for (Future<List<Event>> some : done) {
      told.addAll(some.get());
    }
    return told;
  }

  private static List<Event> tellSome(Transactions in, int count, int together, Runnable committed)
      throws Exception {
    List<WorkspaceId> keys = Stream.generate(WorkspaceId::random).limit(KEYS).toList();
    List<Event> told = new ArrayList<>();
    for (int i = 0; i < count; i += together) {
      WorkspaceId key = keys.get(i / together % keys.size());
      List<Event> some =
          IntStream.range(0, together).<Event>mapToObj(n -> event(key, n + 1)).toList();
      in.tell(some.stream().map(Told::of).toList(), committed);
      told.addAll(some);
    }
    return told;
  }

  static Event event(WorkspaceId workspace, int sequence) {
    return new SessionEvent.Opened(
        UUID.randomUUID(),
        Instant.parse("2026-01-02T03:04:05.678Z"),
        SessionId.random(),
        workspace,
        UserId.random(),
        sequence);
  }
}
