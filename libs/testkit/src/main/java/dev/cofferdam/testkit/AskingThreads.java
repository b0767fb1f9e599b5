// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** One request, asked a number of times over kept connections, a thread for each. */
final class AskingThreads {
  static final String NAME = "asks-";
  private static final String LENGTH = "content-length: ";

  private final int port;
  private final byte[] request;
  private final int connections;
  private final int times;

  /**
   * @param times how often it is asked over each connection
   */
  AskingThreads(int port, String request, int connections, int times) {
    this.port = port;
    this.request = request.getBytes(US_ASCII);
    this.connections = connections;
    this.times = times;
  }

  /** How many were answered. */
  long run() {
    List<FutureTask<Long>> all = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      FutureTask<Long> one = new FutureTask<>(this::ask);
      all.add(one);
      Thread.ofPlatform().name(NAME + i).start(one);
    }
    return all.stream().mapToLong(AskingThreads::answered).sum();
  }

  private static long answered(FutureTask<Long> one) {
    try {
      return one.get();
    } catch (ExecutionException e) {
      throw new TestkitException("a request failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("interrupted", e);
    }
  }

  private long ask() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = socket.getOutputStream();
        InputStream in = new BufferedInputStream(socket.getInputStream())) {
      socket.setTcpNoDelay(true);
      long answered = 0;
      for (; answered < times; answered++) {
        out.write(request);
        read(in);
      }
      return answered;
    }
  }

  private static void read(InputStream in) throws IOException {
    String status = line(in);
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(status);
    }
    int body = -1;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
        body = Integer.parseInt(header.substring(LENGTH.length()).strip());
      }
    }
    if (body < 0 || in.readNBytes(body).length < body) {
      throw new IOException("an answer without a length, or cut short");
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("closed");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
