// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth;

import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.SshHome;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.Map;

/** Somebody who was invited, as the gateway carries what they say. */
public final class Guest {
  /** From where they come. */
  public static final String ADDRESS = "192.0.2.44";

  private final Caller gateway;
  private final SshHome home;

  public Guest(Servers servers, SshHome home) {
    gateway = Caller.of(servers, "gateway");
    this.home = home;
  }

  /** The whole way; the answer to asking what to sign, if that is refused. */
  public Response accept(String token, String name) {
    Response challenge = challenge(token);
    return challenge.statusCode() == 201
        ? answer(token, name, challenge.path("id"), sign(challenge))
        : challenge;
  }

  public Response challenge(String token) {
    return gateway.post(
        "/internal/invitations/challenges", Map.of("token", token, "address", ADDRESS));
  }

  /** Runs the command as it was printed. */
  public String sign(Response challenge) {
    return home.shell(challenge.path("command"));
  }

  public Response answer(String token, String name, String challenge, String signature) {
    Map<String, String> body = new HashMap<>();
    body.put("token", token);
    body.put("name", name);
    body.put("challengeId", challenge);
    body.put("signature", signature);
    body.put("address", ADDRESS);
    return gateway.post("/internal/invitations/acceptances", body);
  }
}
