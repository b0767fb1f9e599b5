// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Signs in, looks around, makes a workspace, unlocks it, sees a prompt and locks it. A fresh stack
 * whose starts are recorded goes through this, and later ones need not load all of it anew.
 */
public final class Rehearsal {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MOST_SECONDS = 30;
  private static final int LONGEST_LINK = 1024;

  /** From the beginning, 80 columns by 24 rows: docs/terminal-protocol.md. */
  private static final byte[] ATTACH =
      HexFormat.of().parseHex("06" + "ffffffffffffffff" + "0050" + "0018");

  private static final List<String> LOOKS =
      List.of(
          "/",
          "/api/me",
          "/api/workspaces",
          "/api/sessions",
          "/api/session-figures",
          "/api/storage",
          "/api/devices",
          "/api/people",
          "/api/audit",
          "/api/alerts");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI origin;
  private final String token;
  private String cookie = "";

  private Rehearsal(URI link) {
    origin = URI.create(link.getScheme() + "://" + link.getAuthority());
    token = link.getFragment();
  }

  /**
   * A one-time sign-in link is read from standard input, since arguments are everybody's to see;
   * exit status 1 and a line if a step fails.
   */
  public static void main(String[] args) {
    try {
      String link = new String(System.in.readNBytes(LONGEST_LINK), StandardCharsets.UTF_8).strip();
      new Rehearsal(URI.create(link)).run();
    } catch (IOException | IllegalStateException | CompletionException e) {
      System.err.println("The rehearsal did not come to its end: " + e.getMessage());
      System.exit(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() throws IOException, InterruptedException {
    HttpResponse<String> signedIn = send("POST", "/api/sign-in", "{\"token\":\"" + token + "\"}");
    cookie = signedIn.headers().firstValue("set-cookie").orElse("").split(";", 2)[0];
    for (String path : LOOKS) {
      send("GET", path, "");
    }
    String workspace = idOf(send("POST", "/api/workspaces", "{\"name\":\"rehearsal\"}"));
    String steps = send("POST", "/api/workspaces/" + workspace + "/unlock", "{}").body();
    JsonNode last = JSON.readTree(List.of(steps.strip().split("\n")).getLast());
    String session = "/api/sessions/" + last.path("session").path("id").asText();
    String size = "{\"cols\":80,\"rows\":24}";
    String terminal = session + "/terminals/" + idOf(send("POST", session + "/terminals", size));
    String ticket = send("POST", terminal + "/tickets", "{}").body();
    seePrompt(JSON.readTree(ticket).path("ticket").asText());
    send("POST", session + "/lock", "{}");
  }

  private static String idOf(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body()).path("id").asText();
  }

  private void seePrompt(String ticket) throws InterruptedException {
    CompletableFuture<ByteBuffer> first = new CompletableFuture<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            first.complete(data);
            socket.request(1);
            return CompletableFuture.completedStage(data);
          }
        };
    URI place = URI.create("ws://" + origin.getAuthority() + "/api/terminal?ticket=" + ticket);
    WebSocket socket =
        http.newWebSocketBuilder()
            .header("Cookie", cookie)
            .header("Origin", origin.toString())
            .subprotocols("coffer.terminal.v1")
            .buildAsync(place, listener)
            .orTimeout(MOST_SECONDS, TimeUnit.SECONDS)
            .join();
    socket.sendBinary(ByteBuffer.wrap(ATTACH), true);
    first.orTimeout(MOST_SECONDS, TimeUnit.SECONDS).join();
    socket.abort();
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(origin.resolve(path))
            .timeout(java.time.Duration.ofSeconds(MOST_SECONDS))
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("X-Coffer", "1")
            .header("Origin", origin.toString())
            .header("Sec-Fetch-Site", "same-origin");
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(path + " answered " + answer.statusCode());
    }
    return answer;
  }
}
