// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody's browser at Keycloak: fills in the form there and says where it is sent then. */
public final class KeycloakBrowser {
  private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final Duration patience;

  public KeycloakBrowser() {
    this(PATIENCE);
  }

  KeycloakBrowser(Duration patience) {
    this.patience = patience;
  }

  /**
   * Follows an authorization request and signs in, if it is not signed in there already.
   *
   * @return where Keycloak sends the browser
   * @throws TestkitException if it shows a page instead
   */
  public URI signIn(URI authorization, KeycloakRealm.Person person) {
    HttpResponse<String> page = send(HttpRequest.newBuilder(authorization).GET());
    if (page.statusCode() == 302) {
      return location(page);
    }
    Matcher form = FORM.matcher(page.body());
    if (!form.find()) {
      throw new TestkitException("no form at Keycloak: " + page.statusCode());
    }
    String body = "username=" + encode(person.name()) + "&password=" + encode(person.password());
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(form.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    return location(answer);
  }

  private static URI location(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Location")
        .map(URI::create)
        .orElseThrow(() -> new TestkitException("a page of Keycloak: " + answer.statusCode()));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    String sent =
        cookies.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining("; "));
    if (!sent.isEmpty()) {
      request.header("Cookie", sent);
    }
    try {
      HttpResponse<String> answer =
          http.send(request.timeout(patience).build(), BodyHandlers.ofString());
      answer.headers().allValues("Set-Cookie").forEach(this::keep);
      return answer;
    } catch (IOException e) {
      throw new TestkitException("Keycloak does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("interrupted", e);
    }
  }

  private void keep(String cookie) {
    String pair = cookie.split(";", 2)[0];
    int equals = pair.indexOf('=');
    cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
