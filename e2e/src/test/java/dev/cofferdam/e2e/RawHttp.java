// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.SocketFactory;

/** HTTP/1.1 by hand: one request a connection, nothing added that the request does not say. */
final class RawHttp {
  private static final int MOST_MILLIS = (int) Duration.ofSeconds(20).toMillis();

  private RawHttp() {}

  static Reply send(int port, Request request) {
    return send(SocketFactory.getDefault(), port, request);
  }

  static Reply send(SocketFactory sockets, int port, Request request) {
    try (Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port)) {
      return exchange(socket, request);
    } catch (IOException e) {
      throw new UncheckedIOException(request.toString(), e);
    }
  }

  /**
   * As somebody elsewhere.
   *
   * @param from an address of this machine
   */
  static Reply send(InetAddress from, int port, Request request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0)) {
      return exchange(socket, request);
    } catch (IOException e) {
      throw new UncheckedIOException(request.toString(), e);
    }
  }

  private static Reply exchange(Socket socket, Request request) throws IOException {
    socket.setSoTimeout(MOST_MILLIS);
    write(socket.getOutputStream(), request);
    return read(socket.getInputStream(), request.method().equals("HEAD"));
  }

  /** The status alone; what may be a stream without end is not read. */
  static int status(int port, Request request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(MOST_MILLIS);
      write(socket.getOutputStream(), request);
      return status(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(request.toString(), e);
    }
  }

  private static int status(InputStream in) throws IOException {
    return Integer.parseInt(line(in).split(" ")[1]);
  }

  private static void write(OutputStream out, Request request) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
    request.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (request.body().length > 0) {
      head.append("Content-Length: ").append(request.body().length).append("\r\n");
    }
    head.append("\r\n");
    out.write(head.toString().getBytes(ISO_8859_1));
    try {
      out.write(request.body());
      out.flush();
    } catch (IOException e) {
      // Refused before all was sent: the answer is there to be read.
      return;
    }
  }

  private static Reply read(InputStream in, boolean headOnly) throws IOException {
    int status = status(in);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] halves = line.split(":", 2);
      headers
          .computeIfAbsent(halves[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(halves[1].strip());
    }
    boolean empty = headOnly || status == 101 || status == 204 || status == 304;
    return new Reply(status, headers, empty ? new byte[0] : body(in, headers));
  }

  private static byte[] body(InputStream in, Map<String, List<String>> headers) throws IOException {
    if (headers.containsKey("content-length")) {
      return in.readNBytes(Integer.parseInt(headers.get("content-length").getFirst()));
    }
    if (!headers.getOrDefault("transfer-encoding", List.of()).contains("chunked")) {
      return in.readAllBytes();
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int size = chunk(in); size > 0; size = chunk(in)) {
      all.write(in.readNBytes(size));
      line(in);
    }
    return all.toByteArray();
  }

  private static int chunk(InputStream in) throws IOException {
    return Integer.parseInt(line(in).split(";")[0].strip(), 16);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended in the midst of an answer");
      }
      line.write(next);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }
}
