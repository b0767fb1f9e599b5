// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A signed-in browser's list, asked for again and again over kept connections: how many a second,
 * and how long each takes, soon after the first and once the JVMs have compiled what is asked for.
 * Written by hand, because a client library would take more of the machine than it measures.
 */
final class Requests implements Runnable {
  private static final int CONNECTIONS = 32;
  private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long MEASURED_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MOST_SAMPLES = 200_000;

  /** A round that is better by less than this is the last: the compilers have nothing to add. */
  private static final double STILL_GROWING = 1.05;

  private static final int MOST_ROUNDS = 12;
  private static final String LENGTH = "content-length: ";
  private static final String CHUNKED = "transfer-encoding: chunked";

  private final Product product;
  private final Report report;

  Requests(Product product, Report report) {
    this.product = product;
    this.report = report;
  }

  @Override
  public void run() {
    product.createWorkspace("bench requests");
    round(WARM_UP_NANOS);
    tell("GET /api/workspaces, 5 s after the first", round(MEASURED_NANOS), "32 connections");
    long[] best = round(MEASURED_NANOS);
    for (int more = 1; more < MOST_ROUNDS; more++) {
      long[] next = round(MEASURED_NANOS);
      boolean isWarm = next.length < best.length * STILL_GROWING;
      best = next.length > best.length ? next : best;
      if (isWarm) {
        tell("GET /api/workspaces, warm", best, "the best of " + (more + 1) + " rounds of 10 s");
        return;
      }
    }
    tell("GET /api/workspaces, still growing", best, "after " + MOST_ROUNDS + " rounds of 10 s");
  }

  private void tell(String figure, long[] took, String seen) {
    report.atLeast(figure, took.length * 1e9 / MEASURED_NANOS, "/s", 5000, seen);
    report.atMost(figure + ", p99", Figures.of(took).millisAt(0.99), "ms", 20, "");
  }

  /** How long each request took that was asked within that time. */
  private long[] round(long nanos) {
    long start = System.nanoTime();
    List<Client> clients =
        IntStream.range(0, CONNECTIONS).mapToObj(i -> new Client(start, start + nanos)).toList();
    clients.forEach(client -> client.thread.start());
    return clients.stream().map(Client::await).flatMapToLong(LongStream::of).toArray();
  }

  private final class Client {
    private final long from;
    private final long to;
    private final long[] took = new long[MOST_SAMPLES];
    private final AtomicBoolean failed = new AtomicBoolean();
    private final Thread thread = Thread.ofPlatform().unstarted(this::ask);
    private int count;

    Client(long from, long to) {
      this.from = from;
      this.to = to;
    }

    private void ask() {
      byte[] request = product.rawGet("/api/workspaces").getBytes(US_ASCII);
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), product.port());
          OutputStream out = socket.getOutputStream();
          InputStream in = new BufferedInputStream(socket.getInputStream())) {
        socket.setTcpNoDelay(true);
        for (long now = System.nanoTime(); now < to && count < MOST_SAMPLES; ) {
          out.write(request);
          readAnswer(in);
          long then = System.nanoTime();
          if (now >= from) {
            took[count++] = then - now;
          }
          now = then;
        }
      } catch (IOException e) {
        failed.set(true);
        throw new UncheckedIOException(e);
      }
    }

    long[] await() {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (failed.get()) {
        throw new IllegalStateException("a request failed");
      }
      return Arrays.copyOf(took, count);
    }
  }

  private static void readAnswer(InputStream in) throws IOException {
    String status = line(in);
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(status);
    }
    int length = -1;
    boolean isChunked = false;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).strip());
      }
      isChunked |= lower.equals(CHUNKED);
    }
    if (isChunked) {
      readChunks(in);
    } else {
      skip(in, length);
    }
  }

  /** RFC 9112 section 7.1; without extensions or trailers, which are not sent here. */
  private static void readChunks(InputStream in) throws IOException {
    for (int size = -1; size != 0; ) {
      size = Integer.parseInt(line(in), 16);
      skip(in, size);
      line(in);
    }
  }

  private static void skip(InputStream in, int bytes) throws IOException {
    if (bytes < 0 || in.readNBytes(bytes).length < bytes) {
      throw new IOException("an answer without a length, or cut short");
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
