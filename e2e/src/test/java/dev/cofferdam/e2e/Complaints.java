// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** What a page's console and its policy complained about. */
final class Complaints {
  /** The browser's own words on an answer that is no success, or on a server that is away. */
  private static final Pattern NETWORK =
      Pattern.compile("Failed to load resource|WebSocket connection to|net::ERR_");

  private final List<String> all = new CopyOnWriteArrayList<>();
  private volatile boolean networkMayFail;

  void listenTo(Page page) {
    page.onConsoleMessage(this::hear);
    page.onPageError(all::add);
  }

  private void hear(ConsoleMessage message) {
    boolean loud = message.type().equals("error") || message.type().equals("warning");
    if (loud && !(networkMayFail && NETWORK.matcher(message.text()).find())) {
      all.add(message.type() + ": " + message.text());
    }
  }

  /** From now on answers that are no success are, or are not, part of the story. */
  void networkMayFail(boolean mayFail) {
    networkMayFail = mayFail;
  }

  List<String> all() {
    return List.copyOf(all);
  }
}
