// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.secrets.SecretBytes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Somebody's sign-in right after Keycloak's start, from the form to the tokens (RFC 6749 section
 * 4.1, RFC 7636). The first one loads so much that on a busy machine it can take longer than a
 * client should ever wait, and which test comes first must not matter.
 */
record KeycloakFirstSignIn(URI issuer, KeycloakRealm realm) {
  private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  void by(KeycloakRealm.Person person) {
    String verifier = SecretBytes.random(32).toBase64Url();
    String asked =
        form(
            Map.of(
                "response_type",
                "code",
                "scope",
                "openid",
                "client_id",
                realm.clientId(),
                "redirect_uri",
                realm.redirect().toString(),
                "code_challenge_method",
                "S256",
                "code_challenge",
                challenge(verifier)));
    URI back = new KeycloakBrowser(PATIENCE).signIn(endpoint("auth?" + asked), person);
    Matcher code = CODE.matcher(back.toString());
    if (!code.find()) {
      throw new TestkitException("no code from Keycloak");
    }
    exchange(
        form(
                Map.of(
                    "grant_type", "authorization_code",
                    "client_id", realm.clientId(),
                    "client_secret", realm.clientSecret(),
                    "redirect_uri", realm.redirect().toString(),
                    "code_verifier", verifier))
            + "&code="
            + code.group(1));
  }

  private void exchange(String form) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint("token"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new TestkitException("Keycloak gives no tokens: " + status);
      }
    } catch (IOException e) {
      throw new TestkitException("Keycloak does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("interrupted", e);
    }
  }

  private URI endpoint(String name) {
    return URI.create(issuer + "/protocol/openid-connect/" + name);
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new TestkitException("every JDK has SHA-256", e);
    }
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }
}
