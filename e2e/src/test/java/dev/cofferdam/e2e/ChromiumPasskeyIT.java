// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Passkeys as Chromium does them, with the virtual authenticator of its protocol. */
@ExtendWith(SharedCoffer.class)
class ChromiumPasskeyIT {
  /** Sends as our page does; the answer's status and JSON. */
  private static final String ASK =
      """
      const ask = async (method, path, body) => {
        const answer = await fetch(path, {
          method,
          headers: {'Content-Type': 'application/json', 'X-Coffer': '1'},
          body: method === 'GET' ? undefined : JSON.stringify(body ?? {}),
        });
        const text = await answer.text();
        return {status: answer.status, body: text ? JSON.parse(text) : null};
      };
      """;

  private static final String REGISTER =
      """
      async name => {
        %s
        const options = (await ask('POST', '/api/passkeys/challenges')).body;
        const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
        const made = await navigator.credentials.create({publicKey});
        const answer = await ask('POST', '/api/passkeys',
            {challengeId: options.id, name, credential: made.toJSON()});
        return answer.status;
      }
      """
          .formatted(ASK);

  private static final String SIGN_IN =
      """
      async twist => {
        %s
        const options = (await ask('POST', '/api/sign-in/passkey/challenges')).body;
        const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
        const made = await navigator.credentials.get({publicKey});
        const credential = made.toJSON();
        if (twist === 'signature') {
          credential.response.signature = credential.response.signature.replace(/.{4}$/, 'AAAA');
        }
        const answer = await ask('POST', '/api/sign-in/passkey',
            {challengeId: options.id, credential});
        const again = await ask('POST', '/api/sign-in/passkey',
            {challengeId: options.id, credential});
        const me = await ask('GET', '/api/me');
        return answer.status + ' ' + again.status + ' ' + (me.body.user?.name ?? me.status);
      }
      """
          .formatted(ASK);

  private static Chromium chromium;

  @BeforeAll
  static void start() {
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
  }

  private static CDPSession authenticator(Person person) {
    CDPSession devTools = person.context().newCDPSession(person.page());
    devTools.send("WebAuthn.enable");
    JsonObject options = new JsonObject();
    options.addProperty("protocol", "ctap2");
    options.addProperty("transport", "internal");
    options.addProperty("hasResidentKey", true);
    options.addProperty("hasUserVerification", true);
    options.addProperty("isUserVerified", true);
    options.addProperty("automaticPresenceSimulation", true);
    JsonObject parameters = new JsonObject();
    parameters.add("options", options);
    devTools.send("WebAuthn.addVirtualAuthenticator", parameters);
    return devTools;
  }

  @Test
  void registersSignsInWithoutANameAndEndsWhatARemovedOneOpened(Coffer coffer) {
    try (Person person = new Person(chromium, Look.DARK)) {
      authenticator(person);
      person.signIn(coffer.freshLink());
      assertThat(run(person, REGISTER, "Virtual")).isEqualTo(201);
      String before = cookie(person);
      signOut(person);
      assertThat(run(person, SIGN_IN, "")).isEqualTo("204 410 owner");
      assertThat(cookie(person)).isNotEqualTo(before);
      assertThat(removeAll(person)).isEqualTo(204);
      Await.until(
          "the cookie to be worth nothing",
          Duration.ofSeconds(1),
          () -> run(person, "async () => (await fetch('/api/me')).status", "").equals(401));
      assertThat(run(person, SIGN_IN, "")).isEqualTo("403 410 401");
    }
  }

  @Test
  void refusesAChangedSignature(Coffer coffer) {
    try (Person person = new Person(chromium, Look.DARK)) {
      authenticator(person);
      person.signIn(coffer.freshLink());
      assertThat(run(person, REGISTER, "Virtual")).isEqualTo(201);
      signOut(person);
      assertThat(run(person, SIGN_IN, "signature")).isEqualTo("403 410 401");
      assertThat(run(person, SIGN_IN, "")).isEqualTo("204 410 owner");
      assertThat(removeAll(person)).isEqualTo(204);
    }
  }

  private static Object run(Person person, String script, String argument) {
    return person.page().evaluate(script, argument);
  }

  private static void signOut(Person person) {
    Object status =
        run(
            person,
            "async () => { " + ASK + " return (await ask('POST', '/api/sign-out')).status }",
            "");
    assertThat(status).isEqualTo(204);
    person.page().navigate(person.page().url().replaceAll("#.*", ""));
  }

  private static Object removeAll(Person person) {
    return run(
        person,
        """
        async () => {
          %s
          let status = 0;
          for (const passkey of (await ask('GET', '/api/passkeys')).body) {
            status = (await ask('DELETE', '/api/passkeys/' + passkey.id)).status;
          }
          return status;
        }
        """
            .formatted(ASK),
        "");
  }

  private static String cookie(Person person) {
    return person.context().cookies().stream()
        .filter(cookie -> cookie.name.equals("__Host-coffer"))
        .map(cookie -> cookie.value)
        .findFirst()
        .orElseThrow();
  }
}
