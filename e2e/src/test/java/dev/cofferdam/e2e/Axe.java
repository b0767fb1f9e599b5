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
  /** What depends on nothing but the theme: everything else is the same in the other one. */
  private static final List<String> OF_COLOURS = List.of("color-contrast", "link-in-text-block");

  private static final String RUN =
      """
      async only => {
        const some = only.length === 0 ? {} : { runOnly: only };
        const result = await axe.run(document, { resultTypes: ['violations'], ...some });
        return result.violations.map(v =>
          v.id + ': ' + v.help + ' at ' + v.nodes.map(n => n.target.join(' ') + ' '
            + (n.any[0]?.message ?? '')).join(' | '));
      }
      """;

  private final String source = source();

  /** Empty where all is well. */
  List<String> violations(Page page) {
    return violations(page, List.of());
  }

  /** The same of colours alone, for a page that was looked at in the other theme. */
  List<String> violationsOfColours(Page page) {
    return violations(page, OF_COLOURS);
  }

  /** The debugger's channel carries the script, so no policy stops it. */
  private List<String> violations(Page page, List<String> only) {
    if (page.evaluate("typeof axe").equals("undefined")) {
      page.evaluate(source);
    }
    List<?> found = (List<?>) page.evaluate(RUN, only);
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
