// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every place of a page where a secret could have been left: what its scripts can read, its
 * history, the heap of its scripts, and the memory of the process that runs them.
 */
final class PagePlaces {
  /** Name of the place to all text in it. */
  private static final String READABLE =
      """
      async () => {
        const text = value => {
          const seen = new Set();
          return JSON.stringify(value, (key, inner) => {
            if (typeof inner !== 'object' || inner === null) return inner;
            if (seen.has(inner)) return undefined;
            return seen.add(inner) && inner;
          }) ?? '';
        };
        const asked = request => new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        const databases = async () => {
          const all = [];
          for (const {name} of await indexedDB.databases()) {
            const open = await asked(indexedDB.open(name));
            for (const store of open.objectStoreNames) {
              const objects = open.transaction(store).objectStore(store);
              all.push(name, store, await asked(objects.getAllKeys()));
              all.push(await asked(objects.getAll()));
            }
            open.close();
          }
          return text(all);
        };
        const cached = async () => {
          const all = [];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
              const answer = await cache.match(request);
              all.push(name, request.url, [...answer.headers], await answer.text());
            }
          }
          return text(all);
        };
        const fields = [...document.querySelectorAll('input, textarea')].map(one => one.value);
        return {
          'localStorage': text({...localStorage}),
          'sessionStorage': text({...sessionStorage}),
          'document.cookie': document.cookie,
          'IndexedDB': await databases(),
          'caches': await cached(),
          'performance': text(performance.getEntries()),
          'address': [location.href, document.URL, document.baseURI, document.referrer].join(' '),
          'history.state': text(history.state),
          'navigation': text(navigation.entries().map(entry => [entry.url, entry.getState()])),
          'window.name': window.name,
          'document': document.documentElement.outerHTML + ' ' + fields.join(' '),
        };
      }
      """;

  private final Chromium chromium;
  private final Page page;
  private final CDPSession devTools;

  PagePlaces(Chromium chromium, Person person) {
    this.chromium = chromium;
    page = person.page();
    devTools = person.context().newCDPSession(page);
  }

  /** Which needle was found in which place, the heap among them; empty is good. */
  List<String> search(Needles needles) {
    List<String> found = new ArrayList<>();
    Map<String, String> all = readable();
    all.put("history", history());
    all.put("heap", heap());
    all.forEach(
        (place, text) ->
            needles.in(text.getBytes(UTF_8)).forEach(name -> found.add(name + " in " + place)));
    return found;
  }

  /** The same in all memory of the browser's renderers, freed or not: for what no page ever has. */
  List<String> searchRenderers(Needles needles) {
    List<String> found = new ArrayList<>();
    for (long pid : renderers()) {
      MemoryOf.process(pid, needles).forEach(name -> found.add(name + " in renderer"));
    }
    return found;
  }

  Map<String, String> readable() {
    Map<String, String> all = new LinkedHashMap<>();
    Map<?, ?> read = (Map<?, ?>) page.evaluate(READABLE);
    read.forEach((place, text) -> all.put(String.valueOf(place), String.valueOf(text)));
    return all;
  }

  /** With the addresses of other documents of this tab, as its back button has them. */
  private String history() {
    return devTools.send("Page.getNavigationHistory").toString();
  }

  /** Everything that scripts can still reach, as V8 writes it down behind a collection. */
  String heap() {
    StringBuilder all = new StringBuilder();
    devTools.on(
        "HeapProfiler.addHeapSnapshotChunk",
        event -> all.append(event.getAsJsonPrimitive("chunk").getAsString()));
    devTools.send("HeapProfiler.enable");
    JsonObject options = new JsonObject();
    options.addProperty("reportProgress", false);
    devTools.send("HeapProfiler.takeHeapSnapshot", options);
    devTools.send("HeapProfiler.disable");
    return all.toString();
  }

  private List<Long> renderers() {
    JsonArray all =
        chromium
            .browser()
            .newBrowserCDPSession()
            .send("SystemInfo.getProcessInfo")
            .getAsJsonArray("processInfo");
    List<Long> found = new ArrayList<>();
    for (JsonElement each : all) {
      JsonObject process = each.getAsJsonObject();
      if (process.get("type").getAsString().equals("renderer")) {
        found.add(process.get("id").getAsLong());
      }
    }
    return found;
  }
}
