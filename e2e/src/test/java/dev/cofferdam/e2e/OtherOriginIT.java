// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pages of other origins in a real Chromium: what one that was named may do, and no other. */
@Tag("side-by-side")
class OtherOriginIT {
  /** What a page's script sees of an answer; TypeError is a browser's word for not allowed. */
  private static final String ASK =
      """
      async ({address, key, credentials, method}) => {
        try {
          const answer = await fetch(address, {
            method,
            credentials,
            headers: {
              ...(key && {Authorization: 'Bearer ' + key}),
              ...(method === 'POST' && {'Content-Type': 'application/json'}),
            },
            body: method === 'POST' ? '{"name":"from another origin"}' : undefined,
          });
          return answer.status + ' ' + (await answer.text()).length;
        } catch (error) {
          return error.name;
        }
      }
      """;

  private static Site named;
  private static Site other;
  private static Coffer coffer;
  private static Chromium chromium;

  @BeforeAll
  static void start() {
    named = new Site();
    other = new Site();
    coffer = Coffer.up("terminal-gateway:coffer.cors.origins=" + named.origin());
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    try (Site one = named;
        Site two = other;
        Coffer stopping = coffer;
        Chromium closing = chromium) {
      assertThat(List.of(one, two, stopping, closing)).doesNotContainNull();
    }
  }

  @Test
  void usesTheApiWithAKeyAndNeverWithACookie() {
    try (Person person = new Person(chromium, Look.DARK)) {
      person.signIn(coffer.freshLink());
      String key = makeKey(person);
      String api = coffer.origin() + "/api/workspaces";

      Page page = pageOf(person, named);
      assertThat(ask(page, api, key, "omit", "GET")).startsWith("200 ");
      assertThat(ask(page, api, key, "omit", "POST")).startsWith("403 ");
      assertThat(ask(page, api, "coffer_wrong", "omit", "GET")).startsWith("401 ");
      assertThat(ask(page, api, "", "include", "GET")).isEqualTo("TypeError");
      assertThat(ask(page, coffer.origin() + "/api/sign-in", key, "omit", "POST"))
          .isEqualTo("TypeError");

      page = pageOf(person, other);
      assertThat(ask(page, api, key, "omit", "GET")).isEqualTo("TypeError");
      assertThat(ask(page, api, key, "omit", "POST")).isEqualTo("TypeError");
    }
  }

  private static String ask(
      Page page, String address, String key, String credentials, String method) {
    return String.valueOf(
        page.evaluate(
            ASK,
            Map.of("address", address, "key", key, "credentials", credentials, "method", method)));
  }

  private static Page pageOf(Person person, Site site) {
    Page page = person.context().newPage();
    page.navigate(site.origin());
    return page;
  }

  /** One that reads and no more. */
  private static String makeKey(Person person) {
    return String.valueOf(
        person
            .page()
            .evaluate(
                """
                async () => {
                  const answer = await fetch('/api/api-keys', {
                    method: 'POST',
                    headers: {'Content-Type': 'application/json', 'X-Coffer': '1'},
                    body: JSON.stringify({
                      name: 'of another origin',
                      scopes: [{verb: 'workspace.list'}],
                      expiresAt: new Date(Date.now() + 86400000).toISOString(),
                    }),
                  });
                  return (await answer.json()).key;
                }
                """));
  }

  /** Somebody else's page, on a port of its own. */
  private static final class Site implements AutoCloseable {
    private final HttpServer server;

    Site() {
      try {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      byte[] page = "<!doctype html><title>Tools</title>".getBytes(UTF_8);
      server.createContext(
          "/",
          exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            try (OutputStream body = exchange.getResponseBody()) {
              body.write(page);
            }
          });
      server.start();
    }

    String origin() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
