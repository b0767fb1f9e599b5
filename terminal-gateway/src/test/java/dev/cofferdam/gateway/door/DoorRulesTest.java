// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.problems.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorRulesTest {
  private static final String ORIGIN = "http://localhost:8484";
  private static final Asked OWN =
      new Asked(
          "POST",
          "/api/workspaces",
          List.of("localhost:8484"),
          List.of(ORIGIN),
          Optional.of("same-origin"),
          Optional.empty(),
          Optional.of("application/json"),
          Optional.of("12"),
          false,
          Optional.of("1"),
          Asked.Credentials.NONE_OR_COOKIE);

  private static final PublicOrigin OURS = new PublicOrigin(java.net.URI.create(ORIGIN));

  private final DoorRules rules = new DoorRules(OURS, new OtherOrigins(Optional.empty(), OURS));

  private String slug(Asked asked) {
    return rules.wrongHost(asked).or(() -> rules.refusal(asked)).map(Problem::slug).orElse("");
  }

  private static Asked with(
      UnaryOperator<List<String>> origins, Optional<String> fetchSite, String contentType) {
    return new Asked(
        OWN.method(),
        OWN.path(),
        OWN.hosts(),
        origins.apply(OWN.origins()),
        fetchSite,
        Optional.empty(),
        Optional.of(contentType).filter(t -> !t.isEmpty()),
        OWN.contentLength(),
        false,
        OWN.coffer(),
        Asked.Credentials.NONE_OR_COOKIE);
  }

  private static Asked by(String method, List<String> hosts) {
    return new Asked(
        method,
        OWN.path(),
        hosts,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Asked.Credentials.NONE_OR_COOKIE);
  }

  @Test
  void letsOurOwnPageChangeThings() {
    assertThat(slug(OWN)).isEmpty();
  }

  @Test
  void letsABrowserWithoutFetchMetadataInByItsExactOrigin() {
    assertThat(slug(with(o -> o, Optional.empty(), "application/json"))).isEmpty();
    assertThat(slug(with(o -> List.of(), Optional.empty(), "application/json")))
        .isEqualTo("other-site");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "none", "", "same-origin, cross-site"})
  void refusesWhatTheBrowserSaysComesFromElsewhere(String site) {
    assertThat(slug(with(o -> o, Optional.of(site), "application/json"))).isEqualTo("other-site");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "http://evil.example",
        "https://localhost:8484",
        "http://localhost:8484.evil.example",
        "http://localhost:84840",
        "http://localhost",
        "http://127.0.0.1:8484",
        "http://LOCALHOST:8484",
        ""
      })
  void refusesEveryOriginButOurs(String origin) {
    assertThat(slug(with(o -> List.of(origin), Optional.of("same-origin"), "application/json")))
        .isEqualTo("other-site");
  }

  @Test
  void refusesTwoOrigins() {
    assertThat(
            slug(
                with(o -> List.of(ORIGIN, ORIGIN), Optional.of("same-origin"), "application/json")))
        .isEqualTo("other-site");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "text/plain", "application/x-www-form-urlencoded", "application/jsonx"})
  void refusesWhatAFormCouldSend(String contentType) {
    assertThat(slug(with(o -> o, Optional.of("same-origin"), contentType))).isEqualTo("media-type");
  }

  @Test
  void takesJsonWithAParameter() {
    assertThat(slug(with(o -> o, Optional.of("same-origin"), "Application/JSON; charset=utf-8")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "true", "11", ""})
  void refusesAChangeWithoutOurHeader(String value) {
    Asked asked =
        new Asked(
            "DELETE",
            OWN.path(),
            OWN.hosts(),
            OWN.origins(),
            OWN.fetchSite(),
            OWN.fetchMode(),
            OWN.contentType(),
            OWN.contentLength(),
            false,
            Optional.of(value).filter(v -> !v.isEmpty()),
            Asked.Credentials.NONE_OR_COOKIE);
    assertThat(slug(asked)).isEqualTo("other-site");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost",
        "localhost:80",
        "127.0.0.1:8484",
        "localhost:8484.",
        "evil.example:8484",
        ""
      })
  void answersToItsOwnNameOnly(String host) {
    assertThat(slug(by("GET", List.of(host)))).isEqualTo("wrong-host");
  }

  @Test
  void refusesNoHostAndTwo() {
    assertThat(slug(by("GET", List.of()))).isEqualTo("wrong-host");
    assertThat(slug(by("GET", List.of("localhost:8484", "localhost:8484"))))
        .isEqualTo("wrong-host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "OPTIONS", "CONNECT", "PROPFIND", "get"})
  void knowsFewMethods(String method) {
    assertThat(slug(by(method, List.of("LocalHost:8484")))).isEqualTo("method");
  }

  @ParameterizedTest
  @ValueSource(strings = {"65537", "99999999999999999999", "-", "1e3"})
  void refusesABodyThatIsTooLargeByItsLength(String length) {
    Asked asked =
        new Asked(
            "POST",
            OWN.path(),
            OWN.hosts(),
            OWN.origins(),
            OWN.fetchSite(),
            OWN.fetchMode(),
            OWN.contentType(),
            Optional.of(length),
            false,
            OWN.coffer(),
            Asked.Credentials.NONE_OR_COOKIE);
    assertThat(slug(asked)).isEqualTo("too-large");
  }

  @Test
  void refusesABodyWhoseLengthNobodyKnows() {
    Asked asked =
        new Asked(
            "POST",
            OWN.path(),
            OWN.hosts(),
            OWN.origins(),
            OWN.fetchSite(),
            OWN.fetchMode(),
            OWN.contentType(),
            Optional.empty(),
            true,
            OWN.coffer(),
            Asked.Credentials.NONE_OR_COOKIE);
    assertThat(slug(asked)).isEqualTo("no-length");
  }

  private static Asked program(
      List<String> origins, Optional<String> fetchSite, Asked.Credentials credentials) {
    return new Asked(
        "POST",
        OWN.path(),
        OWN.hosts(),
        origins,
        fetchSite,
        OWN.fetchMode(),
        OWN.contentType(),
        OWN.contentLength(),
        false,
        Optional.empty(),
        credentials);
  }

  @Test
  void letsAProgramInThatHasNoPage() {
    Asked.Credentials key = Asked.Credentials.AUTHORIZATION;
    assertThat(slug(program(List.of(), Optional.empty(), key))).isEmpty();
    assertThat(slug(program(List.of(ORIGIN), Optional.empty(), key))).isEqualTo("other-site");
    assertThat(slug(program(List.of(), Optional.of("cross-site"), key))).isEqualTo("other-site");
    assertThat(slug(program(List.of(), Optional.empty(), Asked.Credentials.NONE_OR_COOKIE)))
        .isEqualTo("other-site");
  }

  @Test
  void doesNotGuessWhichOfTwoCredentialsCounts() {
    assertThat(slug(program(List.of(), Optional.empty(), Asked.Credentials.BOTH)))
        .isEqualTo("two-credentials");
  }

  private static Asked comes(
      String method, String path, List<String> origins, String site, String mode, String type) {
    return new Asked(
        method,
        path,
        OWN.hosts(),
        origins,
        Optional.of(site).filter(text -> !text.isEmpty()),
        Optional.of(mode).filter(text -> !text.isEmpty()),
        Optional.of(type).filter(text -> !text.isEmpty()),
        Optional.empty(),
        false,
        Optional.empty(),
        Asked.Credentials.NONE_OR_COOKIE);
  }

  private static final String CALLBACK = "/api/sign-in/providers/corp/callback";
  private static final String LOGOUT = "/api/sign-in/providers/corp/backchannel-logout";
  private static final String FORM = "application/x-www-form-urlencoded";

  @Test
  void letsABrowserComeBackFromAProviderAndNothingElse() {
    assertThat(slug(comes("GET", CALLBACK, List.of(), "cross-site", "navigate", ""))).isEmpty();
    for (String mode : List.of("cors", "no-cors", "websocket")) {
      assertThat(slug(comes("GET", CALLBACK, List.of(), "cross-site", mode, "")))
          .isEqualTo("other-site");
    }
    for (String method : List.of("POST", "PUT", "HEAD", "DELETE")) {
      assertThat(slug(comes(method, CALLBACK, List.of(), "cross-site", "navigate", "")))
          .isEqualTo("other-site");
    }
    assertThat(
            slug(comes("GET", CALLBACK, List.of("https://id.example"), "cross-site", "cors", "")))
        .isEqualTo("other-site");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/sign-in/providers/corp",
        "/api/sign-in/providers/corp/callback/",
        "/api/sign-in/providers/corp/callback/x",
        "/api/sign-in/providers/a/b/callback",
        "/api/sign-in/providers//callback",
        "/api/sign-in/methods",
        "/api/me",
        "/api/workspaces"
      })
  void refusesOtherRoutesToANavigationFromElsewhere(String path) {
    for (String site : List.of("cross-site", "same-site")) {
      assertThat(slug(comes("GET", path, List.of(), site, "navigate", ""))).isEqualTo("other-site");
    }
    assertThat(slug(comes("GET", path, List.of(), "same-origin", "navigate", ""))).isEmpty();
    assertThat(slug(comes("GET", path, List.of(), "none", "navigate", ""))).isEmpty();
  }

  @Test
  void letsAPageBeOpenedFromElsewhere() {
    assertThat(slug(comes("GET", "/", List.of(), "cross-site", "navigate", ""))).isEmpty();
  }

  @Test
  void letsAProvidersServerSayWhoSignedOutAndNoBrowser() {
    assertThat(slug(comes("POST", LOGOUT, List.of(), "", "", FORM))).isEmpty();
    assertThat(slug(comes("POST", LOGOUT, List.of(), "", "", "application/json")))
        .isEqualTo("other-site");
    assertThat(slug(comes("POST", LOGOUT, List.of(), "cross-site", "no-cors", FORM)))
        .isEqualTo("other-site");
    assertThat(slug(comes("POST", LOGOUT, List.of(ORIGIN), "", "", FORM))).isEqualTo("other-site");
    assertThat(slug(comes("POST", "/api/sign-out", List.of(), "", "", FORM)))
        .isEqualTo("other-site");
  }
}
