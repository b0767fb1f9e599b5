// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.installation;

import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of a host's installations, as its data directory says it.
 *
 * <pre>
 * file = number SP id LF      ; number decimal, id 32 hexadecimal digits
 * </pre>
 *
 * @param number 1 to {@value #MOST}; no other installation of this host has it
 * @param id random; a copy of the data directory has the same
 */
public record Installation(int number, String id) {
  /** Eight system users each, of the 900 that there may be by default (login.defs(5)). */
  static final int MOST = 64;

  private static final Pattern LINE = Pattern.compile("([1-9][0-9]?) ([0-9a-f]{32})");
  private static final int LONGEST_BYTES = 64;

  public Installation {
    if (number < 1 || number > MOST) {
      throw new IllegalArgumentException("installation " + number);
    }
  }

  /** What it calls a user, or a control group: the first one by its plain name. */
  public String name(String plain) {
    return name(number, plain);
  }

  static String name(int number, String plain) {
    return number == 1 ? plain : plain + "-" + number;
  }

  static Path fileIn(Path data) {
    return data.resolve("installation");
  }

  /**
   * Empty if the data directory says none.
   *
   * @throws StartFailure if what it says can't be understood: others' users would be guessed
   */
  public static Optional<Installation> of(Path data) throws IOException {
    Path file = fileIn(data);
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    return Optional.of(parse(read(file)).orElseThrow(() -> new StartFailure(file + " is damaged")));
  }

  private static String read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LONGEST_BYTES) {
      return "";
    }
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private static Optional<Installation> parse(String text) {
    Matcher line = LINE.matcher(text.stripTrailing());
    if (!line.matches() || Integer.parseInt(line.group(1)) > MOST) {
      return Optional.empty();
    }
    return Optional.of(new Installation(Integer.parseInt(line.group(1)), line.group(2)));
  }

  void writeTo(Path data) throws IOException {
    WholeFile.write(fileIn(data), number + " " + id + "\n");
  }
}
