// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The machine's own Chromium, driven by Playwright; nothing is downloaded. */
final class Chromium implements AutoCloseable {
  private static final List<String> QUIET =
      List.of(
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          // Else a snapshot of the heap has the beginnings of long texts only.
          "--js-flags=--heap-snapshot-string-limit=1000000");

  private final Playwright playwright;
  private final Browser browser;

  Chromium() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions().setExecutablePath(onPath()).setArgs(arguments()));
  }

  Browser browser() {
    return browser;
  }

  /** Root has no sandbox of Chromium's own. */
  private static List<String> arguments() {
    List<String> arguments = new ArrayList<>(QUIET);
    if (System.getProperty("user.name").equals("root")) {
      arguments.add("--no-sandbox");
    }
    return arguments;
  }

  private static Path onPath() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(dir -> Stream.of("chromium", "chromium-browser").map(Path.of(dir)::resolve))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("These tests need Chromium: apt install chromium"));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
