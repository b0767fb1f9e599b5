// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import dev.cofferdam.testkit.SshHome;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who comes and goes all the time: signs in with a link, reads, signs out; and a program
 * of theirs that signs in with their SSH key and has its token renewed. What was told to be signed
 * in must be let in until it signs out, and what was told to be signed out must not.
 */
final class Visits implements Runnable {
  private static final List<String> PAGES = List.of("/api/me", "/api/workspaces", "/api/sessions");
  private static final int READS = 20;
  private static final int REFRESHES = 3;

  private final ApiClient stranger;
  private final ControlSocket control;
  private final SshHome home;
  private final Acknowledged told;
  private final Attempts attempts;
  private volatile boolean goesOn = true;
  private int visits;
  private int refreshes;

  /**
   * @param home whose key is registered
   */
  Visits(ApiClient stranger, ControlSocket control, SshHome home, Acknowledged told) {
    this.stranger = stranger;
    this.control = control;
    this.home = home;
    this.told = told;
    attempts = new Attempts(stranger, told);
  }

  /** What was begun is still brought to its end. */
  void stop() {
    goesOn = false;
  }

  @Override
  public void run() {
    try {
      while (goesOn) {
        visit();
        renew();
      }
    } catch (RuntimeException | AssertionError e) {
      told.fault("the visitor gave up: " + e + ", " + e.getCause());
    }
  }

  private void visit() {
    ApiClient person = signedIn();
    for (int i = 0; i < READS; i++) {
      read(person, PAGES.get(i % PAGES.size()));
    }
    new Attempts(person, told)
        .untilDone(
            "sign out",
            person.post("/api/sign-out", "{}"),
            // Who is signed out already, since nobody heard the first answer, may be told so.
            (reply, unsure) ->
                reply.status() == 204 || reply.status() == 401 && unsure
                    ? Optional.of("out")
                    : attempts.unexpected("sign out", reply));
    attempts.untilTrue("nobody let in any more", () -> isLetOut(person));
    visits++;
  }

  private ApiClient signedIn() {
    return Await.value("a sign-in", Attempts.PATIENCE, Attempts.PAUSE, this::trySignIn);
  }

  /** With a link of its own each time: nobody knows whether the one before was spent. */
  private Optional<ApiClient> trySignIn() {
    String link = control.ask("link").path("link").asText();
    if (link.isEmpty()) {
      told.unknown("link");
      return Optional.empty();
    }
    String token = URI.create(link).getFragment();
    Reply reply = stranger.send(stranger.post("/api/sign-in", "{\"token\":\"" + token + "\"}"));
    if (reply.status() == 204) {
      told.step();
      return Optional.of(stranger.holding(reply));
    }
    if (!Attempts.isUnknown(reply.status())) {
      told.fault("a fresh link does not sign in: " + reply);
    }
    told.unknown("sign in: " + reply.status());
    return Optional.empty();
  }

  private void read(ApiClient person, String page) {
    new Attempts(person, told)
        .untilDone(
            "read",
            person.get(page),
            (reply, unsure) ->
                reply.status() == 200
                    ? Optional.of(page)
                    : attempts.unexpected("read " + page, reply));
    told.step();
  }

  private boolean isLetOut(ApiClient person) {
    return person.send(person.get("/api/me")).status() == 401;
  }

  /** A program: what it was given is good for the next, once. */
  private void renew() {
    String refresh = programSignsIn();
    for (int i = 0; i < REFRESHES && !refresh.isEmpty(); i++) {
      refresh = next(refresh);
    }
  }

  private String programSignsIn() {
    return Await.value(
        "a program's sign-in",
        Attempts.PATIENCE,
        Attempts.PAUSE,
        () -> {
          Reply asked = stranger.send(stranger.post("/api/sign-in/ssh-key/challenges", "{}"));
          if (asked.status() != 201) {
            told.unknown("challenge: " + asked.status());
            return Optional.empty();
          }
          String signed = ApiClient.signed(asked.json(), home);
          Reply pair = stranger.send(stranger.post("/api/sign-in/tokens/ssh-key", signed));
          if (pair.status() != 201 && !Attempts.isUnknown(pair.status())) {
            told.fault("a fresh challenge does not sign in: " + pair);
          }
          return Optional.of(pair.json().path("refreshToken").asText()).filter(t -> !t.isEmpty());
        });
  }

  /** Empty if nobody knows whether it was spent: then the program has to sign in again. */
  private String next(String refresh) {
    try {
      Reply reply =
          stranger.send(
              stranger.post("/api/sign-in/tokens", "{\"refreshToken\":\"" + refresh + "\"}"));
      if (reply.status() == 201) {
        refreshes++;
        told.step();
        return reply.json().path("refreshToken").asText();
      }
      if (!Attempts.isUnknown(reply.status())) {
        told.fault("a token that was given does not renew: " + reply);
      }
      told.unknown("refresh: " + reply.status());
    } catch (UncheckedIOException e) {
      told.unknown("refresh: " + e.getCause().getClass().getSimpleName());
    }
    return "";
  }

  @Override
  public String toString() {
    return visits + " visits, " + refreshes + " renewals";
  }
}
