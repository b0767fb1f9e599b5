// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures a product beside its peers: a running one, or one of its own, whose start is measured
 * too.
 *
 * <p>Arguments: the one-time link, or {@code -} for a product of its own; the peer's directory, the
 * file for the JSON, then the names of measurements to leave out. {@code +emergency} also measures
 * an emergency stop, for which {@code revocation} has to be left out.
 */
public final class Bench {
  private static final int MAX_FRAME_BYTES = 1 << 20;

  private static final String OF_ITS_OWN = "-";

  private Bench() {}

  public static void main(String[] args) {
    List<String> leftOut = List.of(args).subList(3, args.length);
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    WebSocketClientOptions options =
        new WebSocketClientOptions().setMaxFrameSize(MAX_FRAME_BYTES).setMaxConnections(2000);
    WebSocketClient sockets = vertx.createWebSocketClient(options);
    Report report = new Report();
    try (Peer peer = new Peer(Path.of(args[1]), sockets)) {
      if (args[0].equals(OF_ITS_OWN)) {
        try (OwnProduct own = OwnProduct.start(Path.of("").toAbsolutePath(), report)) {
          measure(new Product(sockets, own.link()), peer, report, leftOut);
        }
      } else {
        measure(new Product(sockets, args[0]), peer, report, leftOut);
      }
      report.table();
      report.write(Path.of(args[2]));
    } finally {
      vertx.close();
    }
  }

  private static void measure(Product product, Peer peer, Report report, List<String> leftOut) {
    Measurements all = new Measurements(product, peer, report);
    all.named().forEach((name, measurement) -> run(name, measurement, leftOut));
  }

  private static void run(String name, Runnable measurement, List<String> leftOut) {
    if (leftOut.contains(name) || name.equals(Measurements.STOP) && !leftOut.contains("+" + name)) {
      System.out.println("left out: " + name);
      return;
    }
    try {
      measurement.run();
    } catch (IllegalStateException e) {
      System.out.println("FAILED " + name + ": " + e.getMessage());
    }
  }
}
