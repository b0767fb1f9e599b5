// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What one kind of request costs more than another of a server that runs in this process: processor
 * time for one request, asked for in turns so that the machine's mood meets both. Counted is the
 * time of all threads but those that ask, those that compile, and those that play somebody else.
 */
public final class RequestPrice {
  private static final int CONNECTIONS = 16;
  private static final List<String> NOT_COUNTED = List.of(AskingThreads.NAME, "C1 ", "C2 ");

  private final int port;
  private final Predicate<String> isCounted;

  /**
   * @param port of the server, on loopback
   * @param others how the names of threads begin that do not belong to it, as the kernel has them:
   *     at most 15 characters
   */
  public RequestPrice(int port, String... others) {
    this.port = port;
    List<String> all = new ArrayList<>(NOT_COUNTED);
    all.addAll(Arrays.asList(others));
    isCounted = name -> all.stream().noneMatch(name::startsWith);
  }

  /** One turn: what a request took of the processors, and how many were answered in a second. */
  private record Turn(double micros, double rate) {}

  /**
   * What was seen; each figure is the median of all turns.
   *
   * @param micros of the processors for one request with what is measured
   * @param microsWithout it
   * @param rate a second with it
   * @param rateWithout it
   * @param prices what is paid on top in each pair of turns, as a part of the price without, lowest
   *     first; 0.15 is 15 %
   */
  public record Seen(
      double micros, double microsWithout, double rate, double rateWithout, List<Double> prices) {
    /** What is paid on top, as a part of the price without: the median of all pairs of turns. */
    public double price() {
      return prices.get(prices.size() / 2);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.0f us with, %.0f us without: %+.1f %% (%+.1f to %+.1f); %.0f and %.0f a second",
          micros,
          microsWithout,
          100 * price(),
          100 * prices.getFirst(),
          100 * prices.getLast(),
          rate,
          rateWithout);
    }
  }

  /**
   * Asks in turns. Code that is still being compiled costs a multiple, so turns before those that
   * count are by a number of requests, whatever time they take.
   *
   * @param with a whole HTTP/1.1 request that is answered 200 and with a length
   * @param without the same without what is measured
   * @param warm how many of each are asked before it counts
   * @param turns of each that count
   * @param turn how many are asked in one
   */
  public Seen compare(String with, String without, int warm, int turns, int turn) {
    for (int asked = 0; asked < warm; asked += turn) {
      turn(with, turn);
      turn(without, turn);
    }
    List<Turn> withTurns = new ArrayList<>();
    List<Turn> withoutTurns = new ArrayList<>();
    List<Double> prices = new ArrayList<>();
    for (int i = 0; i < turns; i++) {
      Turn first = turn(with, turn);
      Turn second = turn(without, turn);
      withTurns.add(first);
      withoutTurns.add(second);
      prices.add(first.micros() / second.micros() - 1);
    }
    return new Seen(
        median(withTurns.stream().mapToDouble(Turn::micros)),
        median(withoutTurns.stream().mapToDouble(Turn::micros)),
        median(withTurns.stream().mapToDouble(Turn::rate)),
        median(withoutTurns.stream().mapToDouble(Turn::rate)),
        prices.stream().sorted().toList());
  }

  private Turn turn(String request, int count) {
    AskingThreads asking = new AskingThreads(port, request, CONNECTIONS, count / CONNECTIONS);
    long before = countedNanos();
    long start = System.nanoTime();
    long answered = asking.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Turn((countedNanos() - before) / 1e3 / answered, answered / seconds);
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private long countedNanos() {
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      return threads.mapToLong(this::nanos).sum();
    } catch (IOException e) {
      throw new TestkitException("threads can't be listed", e);
    }
  }

  /** The first figure of schedstat is the time on a processor (proc(5)); 0 for who has gone. */
  private long nanos(Path thread) {
    try {
      return isCounted.test(Files.readString(thread.resolve("comm")).strip())
          ? Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0])
          : 0;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      // Such an end of a thread is told as ESRCH.
      return 0;
    }
  }
}
