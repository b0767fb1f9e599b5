// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.installation;

import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the host's list.
 *
 * <pre>
 * line = number SP id SP device SP path LF     ; device decimal, path absolute
 * </pre>
 *
 * @param device of the file system that the data directory was on, stat(2); 0 if it was destroyed
 * @param data where the data directory was at its last start
 */
record Entry(Installation installation, long device, Path data) {
  private static final long NONE = 0;
  private static final Pattern LINE =
      Pattern.compile("([1-9][0-9]?) ([0-9a-f]{32}) ([0-9]{1,18}) (/.*)");

  static Entry of(Installation installation, Path data) throws IOException {
    return new Entry(installation, deviceOf(data), data);
  }

  static Optional<Entry> parse(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches() || Integer.parseInt(parts.group(1)) > Installation.MOST) {
      return Optional.empty();
    }
    return Optional.of(
        new Entry(
            new Installation(Integer.parseInt(parts.group(1)), parts.group(2)),
            Long.parseLong(parts.group(3)),
            Path.of(parts.group(4))));
  }

  Entry released() {
    return new Entry(installation, NONE, data);
  }

  String line() {
    return installation.number() + " " + installation.id() + " " + device + " " + data + "\n";
  }

  /** Whether the data directory is still where it was; one that can't be understood is. */
  boolean isThere() throws IOException {
    try {
      return Installation.of(data).filter(installation::equals).isPresent();
    } catch (StartFailure e) {
      return true;
    }
  }

  /** Not so while its file system is not mounted: what is on there has its users still. */
  boolean isGone() throws IOException {
    return !isThere() && (device == NONE || deviceOf(data) == device);
  }

  /** Of the directory, or of what there is above it. */
  private static long deviceOf(Path path) throws IOException {
    Path there = path;
    while (Files.notExists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return ((Number) Files.getAttribute(there, "unix:dev")).longValue();
  }
}
