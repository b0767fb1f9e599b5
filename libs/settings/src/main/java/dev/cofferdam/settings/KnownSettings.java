// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The settings of ours that one part has: keys {@code coffer.*}, and what they are called in the
 * environment, {@code COFFER_*}. Names that are not under our prefix are nobody's business here.
 */
public final class KnownSettings {
  private static final String PREFIX = "coffer.";

  /** As MicroProfile Config writes a key in the environment, of a profile if it says so. */
  private static final Pattern IN_ENVIRONMENT = Pattern.compile("(_[A-Z0-9]+_)?COFFER_.*");

  private static final String SERVICE_HOST = "_SERVICE_HOST";

  /** {@code %PROFILE.KEY} and {@code KEY[0]}, as SmallRye Config has them. */
  private static final Pattern AROUND = Pattern.compile("^%[^.]+\\.|\\[\\d{1,9}]$");

  private final String part;
  private final List<String> keys;

  private KnownSettings(String part, List<String> keys) {
    this.part = part;
    this.keys = List.copyOf(keys);
  }

  /**
   * Of a part, by the list of its name: a key on each line, {@code *} for one word of it.
   *
   * @throws IllegalArgumentException if there is no such part
   */
  public static KnownSettings of(String part) {
    return new KnownSettings(part, read(part));
  }

  /** With the keys of another list. */
  public KnownSettings and(String list) {
    List<String> all = new ArrayList<>(keys);
    all.addAll(read(list));
    return new KnownSettings(part, all);
  }

  private static List<String> read(String list) {
    try (InputStream lines = KnownSettings.class.getResourceAsStream(list + ".keys")) {
      if (lines == null) {
        throw new IllegalArgumentException("no part " + list);
      }
      return new String(lines.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One line about the first of these names that is under our prefix and no setting of this part;
   * empty if all are.
   */
  public Optional<String> complaint(Collection<String> names) {
    return new TreeSet<>(names)
        .stream()
            .filter(name -> !isKnown(name) && !isOfACluster(name, names))
            .findFirst()
            .map(this::line);
  }

  /** What a cluster tells each container of a service that is called like us. */
  private static boolean isOfACluster(String name, Collection<String> names) {
    return names.stream()
        .filter(other -> other.endsWith(SERVICE_HOST))
        .map(other -> other.substring(0, other.length() - SERVICE_HOST.length()))
        .anyMatch(
            service ->
                name.startsWith(service + "_SERVICE_")
                    || (name + "_").startsWith(service + "_PORT_"));
  }

  private String line(String name) {
    return "%s is no setting of %s: ".formatted(name, part)
        + nearest(name)
            .filter(near -> distance(near, name) <= name.length() / 3)
            .map("did you mean %s?"::formatted)
            .orElse("take it away");
  }

  private boolean isKnown(String name) {
    if (keys.contains(name) || !isLikeOurs(name)) {
      return true;
    }
    if (IN_ENVIRONMENT.matcher(name).matches()) {
      String plain = name.substring(name.indexOf("COFFER_"));
      return keys.stream().anyMatch(key -> matches(inEnvironment(key), "[A-Z0-9_]+", plain));
    }
    String plain = AROUND.matcher(name).replaceAll("");
    return !plain.startsWith(PREFIX)
        || keys.stream().anyMatch(key -> matches(key, "[A-Za-z0-9-]+", plain));
  }

  /**
   * Looked at before patterns are asked: a new JVM is slow with those, and most names are others'.
   */
  private static boolean isLikeOurs(String name) {
    return name.contains(PREFIX) || name.contains("COFFER_");
  }

  private static boolean matches(String key, String word, String name) {
    return Pattern.matches("\\Q" + key.replace("*", "\\E" + word + "\\Q") + "\\E", name);
  }

  private static String inEnvironment(String key) {
    return key.replaceAll("[^A-Za-z0-9*]", "_").toUpperCase(Locale.ROOT);
  }

  private Optional<String> nearest(String name) {
    boolean environment = IN_ENVIRONMENT.matcher(name).matches();
    return keys.stream()
        .filter(key -> environment || key.startsWith(PREFIX))
        .map(key -> environment ? inEnvironment(key) : key)
        .min(Comparator.comparingInt(key -> distance(key, name)));
  }

  /** How many letters have to be put in, taken out or changed (Levenshtein). */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int at = 0; at < row.length; at++) {
      row[at] = at;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
