// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Signs in, works, and then looks for what would sign somebody else in: in all that the page can
 * reach, in the browser's renderers, and in everything that the product wrote.
 */
@Tag("side-by-side")
@ExtendWith(OneStory.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TokenSearchIT {
  private static final String PLANTED = "planted-0123456789abcdef0123456789";

  private static final String PLANT =
      """
      async text => {
        localStorage.planted = text;
        sessionStorage.planted = text;
        document.cookie = 'planted=' + text;
        window.name = text;
        history.replaceState({planted: text}, '', location.pathname + '?' + text);
        await new Promise(resolve => {
          const open = indexedDB.open('planted');
          open.onupgradeneeded = () => open.result.createObjectStore('planted').put(text, 1);
          open.onsuccess = () => resolve(open.result.close());
        });
        await (await caches.open('planted')).put('/planted', new Response(text));
        await (await fetch('/?' + text)).text();
        document.body.append(Object.assign(document.createElement('textarea'), {value: text}));
        window.planted = {deep: [text.slice(0, 9) + text.slice(9)]};
      }
      """;

  private final List<String> sockets = new CopyOnWriteArrayList<>();

  /** What is nowhere, with what showed it once gone from the page. */
  private final Needles all = new Needles();

  private Coffer coffer;
  private Chromium chromium;
  private Person person;
  private PagePlaces places;

  @BeforeAll
  void start() {
    coffer = Coffer.up();
    chromium = new Chromium();
    person = new Person(chromium, Look.DARK);
    person.page().onWebSocket(socket -> sockets.add(socket.url()));
    places = new PagePlaces(chromium, person);
  }

  @AfterAll
  void stop() {
    try (Coffer stopping = coffer;
        Chromium closing = chromium) {
      assertThat(List.of(stopping, closing)).doesNotContainNull();
    }
  }

  @Test
  @Order(1)
  void findsWhatIsPlanted() {
    Needles planted = new Needles().addText("planted", PLANTED);
    try (Person other = new Person(chromium, Look.DARK)) {
      other.signIn(coffer.freshLink());
      PagePlaces theirs = new PagePlaces(chromium, other);
      assertThat(theirs.search(planted)).isEmpty();
      other.page().evaluate(PLANT, PLANTED);
      Map<String, String> readable = theirs.readable();
      assertThat(readable.entrySet())
          .allSatisfy(place -> assertThat(place.getValue()).as(place.getKey()).contains(PLANTED));
      assertThat(theirs.search(planted))
          .hasSize(readable.size() + 2)
          .contains("planted in heap", "planted in history");
      assertThat(theirs.searchRenderers(planted)).isNotEmpty();
    }
  }

  @Test
  @Order(2)
  void worksWithEverythingThatSignsIn() {
    String link = coffer.freshLink();
    all.addText("one-time link", URI.create(link).getFragment());
    person.signIn(link);
    all.addText("cookie", cookie());
    person.createWorkspace("searched");
    // Sockets' handshakes, cookie included, go to that process for the tools that drive it.
    Needles cookie = new Needles().addText("cookie", cookie());
    assertThat(places.searchRenderers(cookie)).isEmpty();
    person.unlock();
    person.openTab();
    person.page().reload();
    person.awaitLive();
    assertThat(sockets).hasSizeGreaterThanOrEqualTo(4);
    for (String socket : sockets) {
      all.addText("socket ticket", socket.split("ticket=")[1]);
    }
    useATokenPair();
    seesNoneAnywhere();
  }

  private String cookie() {
    return person.context().cookies().stream()
        .filter(cookie -> cookie.name.equals("__Host-coffer"))
        .map(cookie -> cookie.value)
        .findFirst()
        .orElseThrow();
  }

  /** All access tokens of this installation begin alike: algorithm, key and type. */
  private void useATokenPair() {
    try (ProgramOf program = ProgramOf.somebodyNew(coffer)) {
      String header = program.accessToken().split("\\.")[0] + ".";
      assertThat(program.header()).contains("\"typ\":\"at+jwt\"");
      assertThat(places.searchRenderers(new Needles().addText("access token", header))).isEmpty();
      all.addText("access token", header);
      all.addText("invitation", program.invitation());
      all.addText("refresh token", program.refreshToken());
      all.addText("next refresh token", program.refreshed());
    }
  }

  private void seesNoneAnywhere() {
    assertThat(places.search(all)).isEmpty();
    Haystack haystack = new Haystack(coffer);
    assertThat(Haystack.inFiles(Trees.files(coffer.data()), all)).isEmpty();
    assertThat(haystack.inCommandLines(all)).isEmpty();
  }

  @Test
  @Order(3)
  void hasAnApiKeyWhileItIsShownAndNoLonger() {
    person.page().navigate(coffer.origin() + "/settings/api-keys");
    person.see("new-api-key").click();
    person.see("api-key-name").fill("nightly build");
    person.page().locator("[data-verb='workspace.list']").check();
    person.see("make-api-key").click();
    String key = person.see("api-key").locator("code").textContent();
    Needles shown = new Needles().addText("API key", key);
    assertThat(places.search(shown))
        .containsExactlyInAnyOrder("API key in document", "API key in heap");
    all.addText("API key", key);
    assertThat(ProgramOf.holding(coffer, key, "GET", "/api/workspaces").status()).isEqualTo(200);
    person.see("done").click();
    person.awaitSeen("api-key-row");
    seesNoneAnywhere();
  }

  @Test
  @Order(4)
  void isNowhereBehindASignOut() {
    person.see("sign-out").click();
    person.awaitSeen("signed-out");
    assertThat(person.context().cookies()).isEmpty();
    seesNoneAnywhere();
    coffer.down();
    assertThat(Haystack.inFiles(Trees.files(coffer.data()), all)).isEmpty();
  }
}
