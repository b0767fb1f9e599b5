// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What is measured, each beside its peers in turns, so that the machine's noise hits all. */
final class Measurements {
  /** Only where it is asked for. */
  static final String STOP = "emergency";

  private static final int TURNS = 8;
  private static final int KEYSTROKES_PER_TURN = 250;
  private static final int FLOOD_MEGABYTES = 200;
  private static final long UNTIL_IDLE_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final Product product;
  private final Peer peer;
  private final Report report;

  Measurements(Product product, Peer peer, Report report) {
    this.product = product;
    this.peer = peer;
    this.report = report;
  }

  Map<String, Runnable> named() {
    Map<String, Runnable> named = new LinkedHashMap<>();
    named.put("unlock", () -> new Unlocking(product, report).run());
    named.put("echo", this::echo);
    named.put("flood", this::flood);
    named.put("hundred", this::hundred);
    named.put("neighbour", this::neighbour);
    named.put("memory", this::memory);
    named.put("files", () -> new FileIo(product, report).run());
    named.put("thousand", this::thousand);
    named.put("news", () -> new News(product, report).run());
    named.put("ledger", () -> new Ledgers(report).run());
    named.put("requests", () -> new Requests(product, report).run());
    named.put("sign-ins", () -> new SignIns(product, report).run());
    named.put("twenty", () -> new Ends(product, report).locksOfTwenty());
    // Ends the sign-in that measures: the last one, but for the one that ends everything.
    named.put("revocation", () -> new Revocation(product, report).run());
    named.put(STOP, () -> new Ends(product, report).emergencyStop());
    return named;
  }

  private void echo() {
    try (Opened opened = Opened.of(product, "bench echo");
        PeerLine theirs = peer.open()) {
      CofferLine ours = opened.terminal();
      Echo.prepare(ours);
      Echo.prepare(theirs);
      Echo.oneByOne(ours, KEYSTROKES_PER_TURN);
      Echo.oneByOne(theirs, KEYSTROKES_PER_TURN);
      List<long[]> our = new ArrayList<>();
      List<long[]> their = new ArrayList<>();
      for (int turn = 0; turn < TURNS; turn++) {
        our.add(Echo.oneByOne(ours, KEYSTROKES_PER_TURN));
        their.add(Echo.oneByOne(theirs, KEYSTROKES_PER_TURN));
      }
      compare("echo p50 / node-pty", joined(our), joined(their), 0.5, 1.1);
      compare("echo p99 / node-pty", joined(our), joined(their), 0.99, 1.1);
    }
  }

  private void compare(String figure, Figures our, Figures their, double quantile, double target) {
    double mine = our.millisAt(quantile);
    double theirs = their.millisAt(quantile);
    report.atMost(figure, mine / theirs, "x", target, seen("%.2f ms / %.2f ms", mine, theirs));
  }

  private void flood() {
    try (Opened opened = Opened.of(product, "bench flood");
        PeerLine theirs = peer.open();
        RawLine raw = new RawLine()) {
      CofferLine ours = opened.terminal();
      double[] our = new double[3];
      double[] their = new double[3];
      double[] limit = new double[3];
      for (int turn = 0; turn < 3; turn++) {
        our[turn] = Flood.megabytesPerSecond(ours, FLOOD_MEGABYTES);
        their[turn] = Flood.megabytesPerSecond(theirs, FLOOD_MEGABYTES);
        limit[turn] = Flood.megabytesPerSecond(raw, FLOOD_MEGABYTES);
      }
      double mine = median(our);
      String seen = seen("%.1f MB/s / %.1f MB/s", mine, median(their));
      report.atLeast("flood / node-pty", mine / median(their), "x", 1.1, seen);
      String seenRaw = seen("%.1f MB/s / %.1f MB/s", mine, median(limit));
      report.atLeast("flood / raw PTY loop", mine / median(limit), "x", 0.8, seenRaw);
    }
  }

  private void hundred() {
    try (Sandboxes sandboxes = Sandboxes.open(product, "bench hundred ", 4)) {
      List<CofferLine> ours = sandboxes.terminals(25);
      List<PeerLine> theirs = IntStream.range(0, 100).mapToObj(i -> peer.open()).toList();
      ours.forEach(Echo::prepare);
      theirs.forEach(Echo::prepare);
      Echo.allTogether(ours, 20, 200);
      Echo.allTogether(theirs, 20, 200);
      List<long[]> our = new ArrayList<>();
      List<long[]> their = new ArrayList<>();
      for (int turn = 0; turn < 3; turn++) {
        our.add(Echo.allTogether(ours, 20, 200));
        their.add(Echo.allTogether(theirs, 20, 200));
      }
      compare("100 terminals p99 / node-pty", joined(our), joined(their), 0.99, 1.1);
      theirs.forEach(PeerLine::close);
    }
  }

  private void thousand() {
    try (Sandboxes sandboxes = Sandboxes.open(product, "bench thousand ", 32)) {
      double before = gatewayMegabytes();
      List<CofferLine> ours = sandboxes.terminals(32).subList(0, 1000);
      ours.forEach(Echo::prepare);
      // Its heap can't be looked into from outside; what it grew by is more than that.
      double kilobytesEach = (gatewayMegabytes() - before) * 1024 / (32 * 31);
      report.atMost("gateway RSS grown by an idle terminal", kilobytesEach, "KB", 100, "of 992");
      Echo.allTogether(ours, 2, 2000);
      Figures figures = Figures.of(Echo.allTogether(ours, 5, 2000));
      String seen = seen("p50 %.2f ms", figures.millisAt(0.5));
      report.atMost("1000 terminals in 32 sandboxes p99", figures.millisAt(0.99), "ms", 10, seen);
    }
  }

  private void neighbour() {
    try (Sandboxes sandboxes = Sandboxes.open(product, "bench neighbour ", 2)) {
      CofferLine flooding = sandboxes.all().get(0).terminal();
      CofferLine same = sandboxes.all().get(0).terminal();
      CofferLine other = sandboxes.all().get(1).terminal();
      Echo.prepare(same);
      Echo.prepare(other);
      flooding.send(
          "yes 'a flood of text that never ends'\n"
              .getBytes(java.nio.charset.StandardCharsets.UTF_8));
      Figures near = Figures.of(Echo.oneByOne(same, 1000));
      Figures far = Figures.of(Echo.oneByOne(other, 1000));
      report.atMost("echo p99 beside a flood, same sandbox", near.millisAt(0.99), "ms", 15, "");
      report.atMost("echo p99 beside a flood, other sandbox", far.millisAt(0.99), "ms", 10, "");
    }
  }

  private void memory() {
    try (Opened opened = Opened.of(product, "bench memory")) {
      CofferLine line = opened.terminal();
      Marker.run(line, "true", 20);
      LockSupport.parkNanos(UNTIL_IDLE_NANOS);
      double agent = Memory.rssMegabytes(Unlocking::isAgentOrFileSystem);
      report.atMost("one open sandbox: agent + gocryptfs RSS", agent, "MB", 64, "");
    }
  }

  private static double gatewayMegabytes() {
    return Memory.rssMegabytes(c -> c.contains("/terminal-gateway/") && c.contains("quarkus"));
  }

  private static Figures joined(List<long[]> turns) {
    return Figures.of(turns.stream().flatMapToLong(LongStream::of).toArray());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  static String seen(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
