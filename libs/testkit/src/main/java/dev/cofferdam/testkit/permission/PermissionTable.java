// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit.permission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The rows of docs/api/permissions.md. */
public final class PermissionTable {
  /** Below the root of the project. */
  public static final Path FILE = Path.of("docs/api/permissions.md");

  private static final int BEFORE_PERSONAS = 3;
  private static final String SECTION = "## ";

  private PermissionTable() {}

  /**
   * One row.
   *
   * @param service the module whose route it is
   * @param route a method and a path, as in its openapi.yaml, or {@code SOCKET} and a frame type,
   *     or {@code EVENT} and a schema
   * @param action the word of what it does
   * @param whose {@code its} for something with an owner, {@code mine} for what who asks has
   *     anyway, {@code person} for a member who is acted upon, {@code all} for the installation's
   * @param answers {@code yes} or a status
   * @param part which part may, or {@code -}
   */
  public record Row(
      String service,
      String route,
      String action,
      String whose,
      Map<Persona, String> answers,
      String part) {
    public String method() {
      return route.substring(0, route.indexOf(' '));
    }

    public String path() {
      return route.substring(route.indexOf(' ') + 1);
    }

    public boolean isForParts() {
      return !part.equals("-");
    }

    /** As it is written in the file. */
    public String line() {
      return "| `"
          + route
          + "` | "
          + action
          + " | "
          + whose
          + " | "
          + String.join(" | ", answers.values())
          + " | "
          + part
          + " |";
    }
  }

  /**
   * All rows of the file below the root of the project.
   *
   * @throws IllegalStateException if a row has too few or many cells
   */
  public static List<Row> read(Path root) {
    try {
      return rows(Files.readAllLines(root.resolve(FILE)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For the tests of a module, which run in its directory. */
  public static List<Row> ofService(String service) {
    return read(Path.of("..")).stream().filter(row -> row.service().equals(service)).toList();
  }

  private static List<Row> rows(List<String> lines) {
    List<Row> rows = new ArrayList<>();
    String service = "";
    for (String line : lines) {
      if (line.startsWith(SECTION)) {
        service = line.substring(SECTION.length()).strip();
      }
      if (line.startsWith("| `")) {
        rows.add(row(service, line));
      }
    }
    return rows;
  }

  private static Row row(String service, String line) {
    List<String> cells =
        Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
            .map(String::strip)
            .toList();
    Persona[] personas = Persona.values();
    if (cells.size() != BEFORE_PERSONAS + personas.length + 1) {
      throw new IllegalStateException("docs/api/permissions.md has a row of another form: " + line);
    }
    Map<Persona, String> answers = new EnumMap<>(Persona.class);
    for (Persona persona : personas) {
      answers.put(persona, cells.get(BEFORE_PERSONAS + persona.ordinal()));
    }
    return new Row(
        service,
        cells.getFirst().replace("`", ""),
        cells.get(1),
        cells.get(2),
        answers,
        cells.getLast());
  }
}
