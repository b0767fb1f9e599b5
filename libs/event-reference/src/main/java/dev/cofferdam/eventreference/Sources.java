// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.eventreference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the comments in the events' sources say, as Markdown; what says nothing is a fault. */
record Sources(Path folder) {
  private static final String COMMENT = "/\\*\\*((?:(?!\\*/).)*+)\\*/\\s*";
  private static final Pattern MARGIN = Pattern.compile("(?:[ \\t]*\\n[ \\t]*\\*?[ \\t]*)++");
  private static final Pattern CODE = Pattern.compile("\\{@(?:code|link) #?([^}]+)}");

  /** Of the project below this root. */
  static Sources of(Path root) {
    return new Sources(root.resolve("libs/events/src/main/java/dev/cofferdam/events"));
  }

  String ofType(Class<?> type) {
    String text = comment(type).split("@param", 2)[0].strip();
    return Optional.of(text)
        .filter(said -> !said.isEmpty())
        .orElseThrow(() -> new IllegalStateException(type + " has no comment"));
  }

  /** What the record says of a component, or else what the interfaces do whose accessor it is. */
  String ofComponent(Class<?> type, String name) {
    return param(type, name)
        .or(() -> families(type).flatMap(family -> accessor(family, name).stream()).findFirst())
        .map(said -> Character.toUpperCase(said.charAt(0)) + said.substring(1))
        .orElseThrow(() -> new IllegalStateException(type + " does not say what " + name + " is"));
  }

  private Optional<String> param(Class<?> type, String name) {
    return Arrays.stream(comment(type).split("@param ", -1))
        .skip(1)
        .filter(param -> param.startsWith(name + " "))
        .map(param -> param.substring(name.length()).strip())
        .findFirst();
  }

  private static Stream<Class<?>> families(Class<?> type) {
    return Arrays.stream(type.getInterfaces())
        .flatMap(family -> Stream.concat(Stream.of(family), families(family)));
  }

  private Optional<String> accessor(Class<?> family, String name) {
    if (Arrays.stream(family.getDeclaredMethods()).noneMatch(m -> m.getName().equals(name))) {
      return Optional.empty();
    }
    return find(family, COMMENT + "\\w+ " + name + "\\(\\);");
  }

  private String comment(Class<?> type) {
    return find(
            type, COMMENT + "(?:public )?(?:sealed )?(?:record|interface) " + type.getSimpleName())
        .orElse("");
  }

  private Optional<String> find(Class<?> type, String pattern) {
    Matcher found =
        Pattern.compile(pattern + "(?!\\w)", Pattern.DOTALL).matcher(text(type.getNestHost()));
    return found.find() ? Optional.of(markdown(found.group(1))) : Optional.empty();
  }

  private static String markdown(String comment) {
    String line = MARGIN.matcher(comment).replaceAll(" ").strip();
    return CODE.matcher(line).replaceAll("`$1`");
  }

  private String text(Class<?> top) {
    try {
      return Files.readString(folder.resolve(top.getSimpleName() + ".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
