// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.cofferdam.testkit.KeycloakRealm;
import dev.cofferdam.testkit.KeycloakServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Signing in at a real Keycloak's own page, and being signed out from there. */
@Tag("side-by-side")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakStoryIT {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  /** Its pages are slow the first time. */
  private static final double KEYCLOAKS_MILLIS = 60_000;

  private final KeycloakRealm.Person pat =
      KeycloakRealm.Person.of("pat", "developers", "coffer-auditors");

  private KeycloakServer keycloak;
  private Coffer coffer;
  private Chromium chromium;

  @BeforeAll
  void start(@TempDir Path folder) {
    coffer = Coffer.up(port -> withKeycloak(port, folder.resolve("providers")));
    chromium = new Chromium();
  }

  private List<String> withKeycloak(int port, Path file) {
    String ours = "http://localhost:" + port + "/api/sign-in/providers/corp/";
    String secret = UUID.randomUUID().toString();
    keycloak =
        KeycloakServer.start(
            new KeycloakRealm(
                "cofferdam",
                secret,
                URI.create(ours + "callback"),
                URI.create(ours + "backchannel-logout"),
                List.of(pat)));
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          file,
          """
          corp.kind = oidc
          corp.name = Example Corp
          corp.issuer = %s
          corp.client-id = cofferdam
          corp.client-secret = %s
          corp.admit-groups = developers
          corp.roles.auditor = coffer-auditors
          """
              .formatted(keycloak.issuer(), secret));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(
        "--providers",
        file.toString(),
        "--set",
        "auth-service:coffer.providers.http-on-loopback=true");
  }

  @AfterAll
  void stop() {
    try (KeycloakServer theirs = keycloak;
        Coffer stopping = coffer;
        Chromium closing = chromium) {
      assertThat(List.of(theirs, stopping, closing)).doesNotContainNull();
    }
  }

  @Test
  void signsInAtItsPageWithTheRoleOfAGroupAndIsSignedOutFromThere() {
    try (Person person = new Person(chromium, Look.DARK)) {
      person.complaints().networkMayFail(true);
      person.page().navigate(coffer.origin());
      Locator button = person.see("way-provider");
      assertThat(button.textContent()).contains("Example Corp");
      button.click();
      Locator name = person.page().locator("input[name=username]");
      name.waitFor(new Locator.WaitForOptions().setTimeout(KEYCLOAKS_MILLIS));
      assertThat(person.page().url()).startsWith(keycloak.issuer().toString());
      name.fill(pat.name());
      person.page().locator("input[name=password]").fill(pat.password());
      person.page().locator("[name=login]").click();
      person.see("me").waitFor(attached());

      assertThat(person.page().url()).isEqualTo(coffer.origin() + "/");
      assertThat(me(person)).isEqualTo("200 pat auditor");
      keycloak.administrator().signOut(pat.name());
      Await.until("the session's end", AT_ONCE, () -> me(person).startsWith("401"));
      person.awaitSeen("sign-in");
      person.awaitSeen("way-provider");
      person.assertNoComplaints();
    }
  }

  private static Locator.WaitForOptions attached() {
    return new Locator.WaitForOptions()
        .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED)
        .setTimeout(KEYCLOAKS_MILLIS);
  }

  private static String me(Person person) {
    return String.valueOf(
        person
            .page()
            .evaluate(
                """
                async () => {
                  const answer = await fetch('/api/me');
                  const {user} = await answer.json();
                  return `${answer.status} ${user?.name} ${user?.role}`;
                }
                """));
  }
}
