// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Behaves like GitHub as its documentation says ("Authorizing OAuth apps" and the REST API of
 * version 2022-11-28): it is not GitHub, and no test here ever talks to that. Errors of the token
 * route come with status 200, memberships that were not accepted are pending, teams that one may
 * not see are not found.
 */
final class GitHubStandIn implements AutoCloseable {
  private static final String TOKEN = "gho_0000000000000000000000000000000000";

  static final String FORBIDDEN = "403";

  private final StandIn server = new StandIn();
  private final Map<String, Map<String, String>> requests = new ConcurrentHashMap<>();

  /** What was asked with a token that had been given back. */
  final List<String> givenBack = Collections.synchronizedList(new ArrayList<>());

  /**
   * {@code ORG} or {@code ORG/TEAM} to {@code active} or {@code pending}, or to {@link #FORBIDDEN}
   * as when GitHub was asked too much.
   */
  final Map<String, String> memberships = new ConcurrentHashMap<>();

  volatile int number = 583231;

  volatile boolean verified = true;

  GitHubStandIn(String clientId, String clientSecret) {
    server.on("/login/oauth/access_token", asked -> token(asked, clientId, clientSecret));
    server.on("/api/v3/user/emails", asked -> shown(asked, emails()));
    server.on("/api/v3/user/memberships/orgs/", this::organisation);
    server.on("/api/v3/orgs/", this::team);
    server.on("/api/v3/user", asked -> shown(asked, Map.of("id", number, "login", "Octo-Cat")));
    server.on(
        "/api/v3/applications/" + clientId + "/token",
        asked -> {
          givenBack.add(asked.method() + " " + asked.body());
          return new StandIn.Said(204, "");
        });
  }

  String web() {
    return server.address();
  }

  String api() {
    return server.address() + "/api/v3";
  }

  String authorize(URI request) {
    String code = "c0de" + requests.size();
    requests.put(code, StandIn.query(request));
    return code;
  }

  private StandIn.Said token(StandIn.Asked asked, String clientId, String clientSecret) {
    Map<String, String> form = asked.form();
    Map<String, String> request = requests.remove(form.get("code"));
    boolean right =
        request != null
            && form.get("client_id").equals(clientId)
            && form.get("client_secret").equals(clientSecret)
            && form.get("redirect_uri").equals(request.get("redirect_uri"))
            && new Handshake("", "", form.get("code_verifier"))
                .challenge()
                .equals(request.get("code_challenge"));
    return StandIn.Said.ok(
        right
            ? Map.of("access_token", TOKEN, "scope", "read:org", "token_type", "bearer")
            : Map.of("error", "bad_verification_code"));
  }

  private List<Map<String, Object>> emails() {
    return List.of(
        Map.of("email", "other@elsewhere.example", "primary", false, "verified", true),
        Map.of("email", "octocat@example.net", "primary", true, "verified", verified));
  }

  private StandIn.Said organisation(StandIn.Asked asked) {
    return membership(asked, asked.path().substring("/api/v3/user/memberships/orgs/".length()));
  }

  private StandIn.Said team(StandIn.Asked asked) {
    String[] parts = asked.path().split("/");
    boolean right = parts.length == 9 && parts[8].equals("Octo-Cat");
    return right ? membership(asked, parts[4] + "/" + parts[6]) : StandIn.Said.status(404);
  }

  private StandIn.Said membership(StandIn.Asked asked, String group) {
    String state = memberships.get(group);
    if (FORBIDDEN.equals(state)) {
      return StandIn.Said.status(403);
    }
    return state == null
        ? StandIn.Said.status(404)
        : shown(asked, Map.of("state", state, "role", "member"));
  }

  private static StandIn.Said shown(StandIn.Asked asked, Object body) {
    return asked.authorization().equals("Bearer " + TOKEN)
        ? StandIn.Said.ok(body)
        : StandIn.Said.status(401);
  }

  @Override
  public void close() {
    server.close();
  }
}
