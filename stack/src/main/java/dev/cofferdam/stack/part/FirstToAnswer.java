// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** Asks the replicas of a service, one after the other until one takes the connection. */
final class FirstToAnswer {
  private FirstToAnswer() {}

  /**
   * Nothing is sent a second time that may have arrived.
   *
   * @param ports of its replicas
   * @throws IOException if none takes it, or one that took it does not answer
   */
  static HttpResponse<String> ask(
      HttpClient http, List<Integer> ports, String path, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return ask(http, ports, path, request, false);
  }

  /**
   * The same for what does no harm when it is done twice: one that took it and does not answer is
   * followed by the next.
   */
  static HttpResponse<String> askUntilDone(
      HttpClient http, List<Integer> ports, String path, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return ask(http, ports, path, request, true);
  }

  private static HttpResponse<String> ask(
      HttpClient http,
      List<Integer> ports,
      String path,
      HttpRequest.Builder request,
      boolean repeatable)
      throws IOException, InterruptedException {
    IOException refused = new ConnectException("no replica");
    for (int port : ports) {
      URI address = URI.create("https://127.0.0.1:" + port + path);
      try {
        return http.send(request.copy().uri(address).build(), BodyHandlers.ofString());
      } catch (ConnectException e) {
        refused = e;
      } catch (IOException e) {
        if (!repeatable) {
          throw e;
        }
        refused = e;
      }
    }
    throw refused;
  }
}
