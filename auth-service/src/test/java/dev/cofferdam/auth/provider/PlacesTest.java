// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake in the file stops the start with one line that names the key and the fix. */
class PlacesTest {
  private static final String GOOD =
      """
      # a comment
      corp.kind = oidc
      corp.issuer = https://id.example.org/realms/corp
      corp.client-id = cofferdam
      corp.client-secret = s3cret=with#all/kinds+of\\things
      corp.admit-groups = a, b

      hub.kind=github
      hub.client-id=Iv1
      hub.client-secret=0123456789abcdef0123456789abcdef
      hub.roles.admin=org/team
      """;

  private static final URI ORIGIN = URI.create("https://coffer.example.org");

  private static void read(String text) {
    Places.read(text, false, ORIGIN);
  }

  @Test
  void aGoodFileGivesItsProviders() {
    var places = Places.read(GOOD, false, ORIGIN);
    assertThat(places).containsOnlyKeys("corp", "hub");
    Provider.Common corp = places.get("corp").provider().common();
    assertThat(corp.client().redirect())
        .hasToString("https://coffer.example.org/api/sign-in/providers/corp/callback");
    assertThat(corp.client().secret().<String>map(s -> s))
        .isEqualTo("s3cret=with#all/kinds+of\\things");
    assertThat(corp.admission().groups()).containsExactlyInAnyOrder("a", "b");
    assertThat(corp.toString()).doesNotContain("s3cret");
  }

  @Test
  void noFileIsNoProvider() {
    assertThat(Places.read("", false, ORIGIN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          corp.issuer = https://id.example.org/realms/corp | | corp.issuer: is missing
          corp.kind = oidc | corp.kind = saml | corp.kind: is neither
          corp.client-id = cofferdam | | corp.client-id: is missing
          s3cret=with#all/kinds+of\\things | short | corp.client-secret: is weak: shorter
          s3cret=with#all/kinds+of\\things | aaaaaaaaaaaaaaaaaaaaaaaaaaaa | corp.client-secret: is weak: fewer
          https://id.example.org | http://id.example.org | corp.issuer: is not https
          https://id.example.org/realms/corp | id | corp.issuer: is no address
          https://id.example.org/realms/corp | https://id.example.org/?a=b | corp.issuer: has a query
          corp.admit-groups | admitgroups | line 6: write ID.KEY
          corp.admit-groups | corp.admit-group | corp.admit-group: there is no such key
          corp.admit-groups = a, b | corp.kind = oidc | corp.kind: is there twice
          corp.admit-groups = a, b | corp.admit = anyone | corp.admit: is neither
          corp.admit-groups = a, b | corp.algorithms = HS256 | corp.algorithms: takes
          corp.admit-groups = a, b | corp.algorithms = none | corp.algorithms: takes
          corp.admit-groups = a, b | corp.session = long | corp.session: is no length
          corp.admit-groups = a, b | corp.scopes = email | corp.scopes: needs openid
          corp.admit-groups = a, b | corp.roles.owner = a | corp.roles.owner: there is no such key
          corp.admit-groups = a, b | corp.redirect-uri = http://coffer.example.org/x | corp.redirect-uri: is not https
          corp.admit-groups = a, b | corp.redirect-uri = https://evil.example.org/ | corp.redirect-uri: is not ours
          hub.roles.admin=org/team | hub.roles.admin=../x | hub.admit-groups, roles: a group is
          hub.kind=github | hub.kind=github$hub.issuer=https://x.example | hub.issuer: there is no such key
          """)
  void aMistakeIsNamedWithItsKey(String good, String bad, String said) {
    // Values are trimmed by the reader of this table; an empty cell takes the line away.
    String text = GOOD.replace(good, bad == null ? "" : bad.replace('$', '\n'));
    if (bad == null) {
      text = GOOD.replace(good + "\n", "");
    }
    String wrong = text;
    assertThatThrownBy(() -> read(wrong))
        .isInstanceOf(Misconfigured.class)
        .hasMessageStartingWith("providers: " + said)
        .message()
        .doesNotContain("\n", "s3cret", "0123456789abcdef");
  }

  @Test
  void withoutHttpsOfOurOwnThereIsNoRedirect() {
    assertThatThrownBy(() -> Places.read(GOOD, false, URI.create("http://coffer.example.org")))
        .hasMessageStartingWith("providers: corp.redirect-uri: is not https; serve");
    assertThat(Places.read(GOOD, false, URI.create("http://localhost:8484"))).hasSize(2);
  }

  @Test
  void twoWithTheSameIssuerAreRefused() {
    String second = GOOD.replaceAll("(?m)^hub.*$", "").replace("corp.", "twin.");
    assertThatThrownBy(() -> read(GOOD + second)).hasMessageContaining("issuer: is that of");
  }

  @Test
  void aFileThatOthersMayReadIsRefused(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("providers"), GOOD);
    for (String open : new String[] {"rw-r--r--", "rw----r--", "rw-rw----", "rwx------"}) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(open));
      assertThatThrownBy(() -> PrivateFile.read(file)).hasMessageContaining("chmod 600");
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(PrivateFile.read(file)).isEqualTo(GOOD);
    assertThatThrownBy(() -> PrivateFile.read(folder.resolve("none")))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("coffer.providers.file");
  }

  @Test
  void metadataOfAnotherIssuerStopsTheStart() {
    try (OidcStandIn other = new OidcStandIn()) {
      String text = GOOD.replace("https://id.example.org/realms/corp", other.issuer() + "/");
      OidcPlace place = (OidcPlace) Places.read(text, true, ORIGIN).get("corp");
      assertThatThrownBy(place::check)
          .isInstanceOf(Misconfigured.class)
          .hasMessageStartingWith("providers: corp.issuer: the provider there calls itself");
    }
  }

  @Test
  void algorithmsThatTheProviderLacksStopTheStart() {
    try (OidcStandIn other = new OidcStandIn()) {
      String text =
          GOOD.replace("https://id.example.org/realms/corp", other.issuer())
              + "corp.algorithms = ES256\n";
      OidcPlace place = (OidcPlace) Places.read(text, true, ORIGIN).get("corp");
      assertThatThrownBy(place::check).hasMessageStartingWith("providers: corp.algorithms:");
    }
  }
}
