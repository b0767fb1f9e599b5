// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * The file that says when there is an alert and which webhook is told: lines {@code key = value}.
 * It holds the webhook's secret, so session-service gets what is in it on standard input.
 */
final class AlertsFile {
  private static final String PREFIX = "coffer.alerts.";
  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of("webhook-url", "webhook-secret", "many-refusals", "many-refusals-minutes"));

  private AlertsFile() {}

  /**
   * session-service's settings, read anew for each start of it; none without a file. What they may
   * be session-service knows.
   *
   * @throws StartFailure with one line that names the key and what to do
   */
  static Map<String, String> handed(Optional<Path> file) {
    return file.map(AlertsFile::settings).orElse(Map.of());
  }

  private static Map<String, String> settings(Path file) {
    byte[] bytes = OwnersFile.read(file, "--alerts");
    Properties lines = new Properties();
    try {
      lines.load(new StringReader(new String(bytes, UTF_8)));
    } catch (IOException | IllegalArgumentException e) {
      throw new StartFailure(file + " has a line that is no key = value");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
    Map<String, String> settings = new HashMap<>();
    for (String key : lines.stringPropertyNames()) {
      if (!KEYS.contains(key)) {
        throw new StartFailure(
            "alerts: nothing is called " + key + "; there are " + String.join(", ", KEYS));
      }
      settings.put(PREFIX + key, lines.getProperty(key).strip());
    }
    return settings;
  }
}
