// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * GitHub: OAuth 2 with PKCE and state, then its REST API says who it is. It has no ID token, so the
 * access token is used at once, for this person only, and taken back. A group is an organisation
 * ({@code ORG}) or a team ({@code ORG/TEAM}); only those that the file names are asked for.
 */
final class GitHubPlace implements Place {
  private static final String SCOPES = "read:user user:email read:org";
  private static final String VERSION = "2022-11-28";
  private static final Pattern GROUP =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,38}(/[A-Za-z0-9_.-]{1,100})?");
  private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

  private final Provider.GitHub provider;
  private final ProviderHttp http;
  private final InstantSource clock;

  GitHubPlace(Provider.GitHub provider, ProviderHttp http, InstantSource clock) {
    this.provider = provider;
    this.http = http;
    this.clock = clock;
    for (String group : provider.common().admission().watched()) {
      if (!GROUP.matcher(group).matches()) {
        throw new Misconfigured(
            provider.id() + ".admit-groups, roles", "a group is ORG or ORG/TEAM; write it so");
      }
    }
  }

  @Override
  public Provider.GitHub provider() {
    return provider;
  }

  @Override
  public URI start(Handshake handshake) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("client_id", client().id());
    query.put("redirect_uri", client().redirect().toString());
    query.put("scope", SCOPES);
    query.put("state", handshake.state());
    query.put("code_challenge", handshake.challenge());
    query.put("code_challenge_method", "S256");
    query.put("allow_signup", "false");
    return Queries.with(web("/login/oauth/authorize"), query);
  }

  @Override
  public Identity identify(Callback callback, Handshake handshake) {
    if (!callback.issuer().map(this::isGitHub).orElse(true)) {
      throw ProviderFailure.wrong("the answer names another issuer");
    }
    String token = redeem(callback.requireCode(), handshake);
    try {
      return identity(token);
    } finally {
      giveBack(token);
    }
  }

  /** It does not name itself yet; what it may call itself is below its own address. */
  private boolean isGitHub(String issuer) {
    return issuer.equals(provider.web().toString())
        || issuer.equals(web("/login/oauth").toString());
  }

  private String redeem(String code, Handshake handshake) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("client_id", client().id());
    form.put("client_secret", client().secret().map(secret -> secret));
    form.put("code", code);
    form.put("redirect_uri", client().redirect().toString());
    form.put("code_verifier", handshake.verifier());
    ProviderHttp.Answer answer = http.post(web("/login/oauth/access_token"), form, Map.of());
    JsonNode token = answer.body().path("access_token");
    // It answers errors with status 200 too.
    if (!answer.isOk() || !token.isTextual()) {
      throw ProviderFailure.refused("the code was not accepted: " + answer.status());
    }
    return token.textValue();
  }

  private Identity identity(String token) {
    JsonNode user = ask("/user", token).orElseThrow(() -> ProviderFailure.wrong("no user"));
    String login = user.path("login").asText();
    if (!user.path("id").isIntegralNumber() || !LOGIN.matcher(login).matches()) {
      throw ProviderFailure.wrong("a user without a number or a name");
    }
    return new Identity(
        provider.web().toString(),
        user.path("id").asText(),
        Optional.empty(),
        Optional.empty(),
        login,
        verifiedEmail(token),
        groups(token, login),
        true,
        provider.common().longest().map(length -> end(length)));
  }

  private Instant end(java.time.Duration length) {
    return clock.instant().plus(length);
  }

  private Optional<String> verifiedEmail(String token) {
    for (JsonNode each : ask("/user/emails", token).orElseThrow(() -> noAnswer("emails"))) {
      if (each.path("primary").asBoolean() && each.path("verified").asBoolean()) {
        return Optional.of(each.path("email").asText());
      }
    }
    return Optional.empty();
  }

  private Set<String> groups(String token, String login) {
    Set<String> groups = new TreeSet<>();
    for (String group : provider.common().admission().watched()) {
      int slash = group.indexOf('/');
      String route =
          slash < 0
              ? "/user/memberships/orgs/" + group
              : "/orgs/"
                  + group.substring(0, slash)
                  + "/teams/"
                  + group.substring(slash + 1)
                  + "/memberships/"
                  + login;
      // An invitation that was not accepted is "pending".
      if (ask(route, token).filter(m -> m.path("state").asText().equals("active")).isPresent()) {
        groups.add(group);
      }
    }
    return groups;
  }

  /**
   * Empty for what is not there. A 403 is no such word: with it GitHub also says that it was asked
   * too much, mostly but not always by a header too ("Rate limits for the REST API"), and that an
   * organisation does not let us see its members.
   */
  private Optional<JsonNode> ask(String route, String token) {
    Map<String, String> headers =
        Map.of(
            "Authorization",
            "Bearer " + token,
            "Accept",
            "application/vnd.github+json",
            "X-GitHub-Api-Version",
            VERSION);
    ProviderHttp.Answer answer = http.get(URI.create(provider.api() + route), headers);
    return switch (answer.status()) {
      case 200 -> Optional.of(answer.body());
      case 404 -> Optional.empty();
      default -> throw noAnswer(Integer.toString(answer.status()));
    };
  }

  /** So that it can be used by nobody; if that fails it stays what only we have seen. */
  private void giveBack(String token) {
    String pair = client().secret().map(secret -> client().id() + ":" + secret);
    String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    URI route = URI.create(provider.api() + "/applications/" + client().id() + "/token");
    try {
      http.delete(route, Map.of("access_token", token), Map.of("Authorization", basic));
    } catch (ProviderFailure e) {
      return;
    }
  }

  private static ProviderFailure noAnswer(String what) {
    return ProviderFailure.away("its API does not say: " + what);
  }

  private URI web(String path) {
    return URI.create(provider.web() + path);
  }

  private Provider.Client client() {
    return provider.common().client();
  }
}
