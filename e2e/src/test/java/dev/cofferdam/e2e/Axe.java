// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Accessibility rules, run inside a page. */
final class Axe {
  private static final String RUN =
      """
      async () => {
        const result = await axe.run(document, { resultTypes: ['violations'] });
        return result.violations.map(v =>
          v.id + ': ' + v.help + ' at ' + v.nodes.map(n => n.target.join(' ') + ' '
            + (n.any[0]?.message ?? '')).join(' | '));
      }
      """;

  private final String source = source();

  /** Empty where all is well. The debugger's channel carries the script, so no policy stops it. */
  List<String> violations(Page page) {
    page.evaluate(source);
    List<?> found = (List<?>) page.evaluate(RUN);
    return found.stream().map(String::valueOf).toList();
  }

  private static String source() {
    try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
      if (script == null) {
        throw new IllegalStateException("axe.min.js is not on the class path");
      }
      return new String(script.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
