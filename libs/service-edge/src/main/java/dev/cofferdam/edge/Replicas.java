// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Where the replicas of one part are, and which of them to ask (ADR 0032): each in turn, and one
 * that refused a connection last for {@link #AVOIDED}. Thread-safe.
 */
final class Replicas {
  static final Duration AVOIDED = Duration.ofSeconds(2);

  private final List<URI> all;
  private final LongSupplier nanos;
  private final AtomicInteger turn = new AtomicInteger();

  /** Since when; as many as there are replicas at most. */
  private final Map<URI, Long> refusedAt = new ConcurrentHashMap<>();

  /**
   * @param all at least one
   * @param nanos a monotonic clock, for instance {@link System#nanoTime}
   */
  Replicas(List<URI> all, LongSupplier nanos) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("a part has one address at least");
    }
    this.all = List.copyOf(all);
    this.nanos = nanos;
  }

  /**
   * The addresses to try, one after the other. A single one is there twice: it may be that of a
   * Service of Kubernetes, behind which the next connection is another replica's.
   */
  List<URI> toTry() {
    if (all.size() == 1) {
      return List.of(all.getFirst(), all.getFirst());
    }
    int first = Math.floorMod(turn.getAndIncrement(), all.size());
    List<URI> rotated = new ArrayList<>(all.subList(first, all.size()));
    rotated.addAll(all.subList(0, first));
    rotated.sort(Comparator.comparing(this::isAvoided));
    return rotated;
  }

  private boolean isAvoided(URI address) {
    Long since = refusedAt.get(address);
    return since != null && nanos.getAsLong() - since < AVOIDED.toNanos();
  }

  /** A request to one replica, in the time that is left. */
  interface Attempt<T> {
    T at(URI replica, Duration left) throws IOException, InterruptedException;
  }

  /**
   * Asks until one has answered, whatever that is.
   *
   * @param repeatable whether it changes nothing, so that one that breaks off may be followed by
   *     another; one that takes no connection always is, since nothing of the request has left
   * @param longest for all replicas together
   * @throws IOException what the last one tried ended with
   */
  <T> T ask(Attempt<T> attempt, boolean repeatable, Duration longest)
      throws IOException, InterruptedException {
    long end = nanos.getAsLong() + longest.toNanos();
    IOException failure = new HttpTimeoutException("no replica answered in time");
    List<URI> order = toTry();
    for (int i = 0; i < order.size(); i++) {
      URI replica = order.get(i);
      long left = end - nanos.getAsLong();
      if (left <= 0) {
        break;
      }
      // One that hangs leaves time for its fellows, where they may be asked.
      long share = repeatable && all.size() > 1 ? left / (order.size() - i) : left;
      try {
        T answer = attempt.at(replica, Duration.ofNanos(share));
        answered(replica);
        return answer;
      } catch (ConnectException | HttpConnectTimeoutException e) {
        refused(replica);
        failure = e;
      } catch (IOException e) {
        if (e instanceof HttpTimeoutException) {
          refused(replica);
        }
        if (!repeatable) {
          throw e;
        }
        failure = e;
      }
    }
    throw failure;
  }

  /** Nobody takes connections there at the moment, or nobody answers. */
  void refused(URI address) {
    refusedAt.put(address, nanos.getAsLong());
  }

  void answered(URI address) {
    refusedAt.remove(address);
  }
}
