// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.stack.control.MaintenanceWords;
import dev.cofferdam.stack.control.Running;
import dev.cofferdam.stack.process.StartFailure;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code coffer maintenance}: says that the server is being maintained, or no longer, or shows it.
 */
public final class MaintenanceCommand {
  private static final int LONGEST_MINUTES = 7 * 24 * 60;

  /** As session-service takes it: one line, and nothing that turns its direction. */
  private static final Pattern NOTICE =
      Pattern.compile("[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]{0,200}");

  private final Options options;
  private final String verb;
  private final Optional<MaintenanceWords> plan;

  private MaintenanceCommand(Options options, String verb, Optional<MaintenanceWords> plan) {
    this.options = options;
    this.verb = verb;
    this.plan = plan;
  }

  /**
   * @param words behind {@code maintenance}
   * @throws WrongUsage unless they are begin with its options, show or end
   */
  public static MaintenanceCommand parse(List<String> words) {
    Iterator<String> rest = words.iterator();
    Optional<String> verb = Optional.empty();
    List<String> others = new ArrayList<>();
    Optional<String> minutes = Optional.empty();
    Optional<String> notice = Optional.empty();
    while (rest.hasNext()) {
      String word = rest.next();
      switch (word) {
        case "--minutes" -> minutes = Optional.of(value(word, rest));
        case "--notice" -> notice = Optional.of(value(word, rest));
        case "--data" -> others.addAll(List.of(word, value(word, rest)));
        default -> {
          if (word.startsWith("-") || verb.isPresent()) {
            others.add(word);
          } else {
            verb = Optional.of(word);
          }
        }
      }
    }
    Options options = Options.parse(others, Commands.OPTIONS);
    return of(verb.orElse("show"), options, minutes, notice);
  }

  private static MaintenanceCommand of(
      String verb, Options options, Optional<String> minutes, Optional<String> notice) {
    return switch (verb) {
      case "begin" ->
          new MaintenanceCommand(
              options,
              verb,
              Optional.of(new MaintenanceWords(minutes(minutes), line(notice.orElse("")))));
      case "show", "end" -> {
        if (minutes.isPresent() || notice.isPresent()) {
          throw new WrongUsage("--minutes and --notice are for maintenance begin");
        }
        yield new MaintenanceCommand(options, verb, Optional.empty());
      }
      default -> throw new WrongUsage("maintenance can begin, show or end, not '" + verb + "'");
    };
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new WrongUsage(option + " needs a value");
    }
    return rest.next();
  }

  private static int minutes(Optional<String> given) {
    String text =
        given.orElseThrow(
            () -> new WrongUsage("maintenance begin needs --minutes, until what is open locks"));
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > LONGEST_MINUTES) {
      throw new WrongUsage("--minutes takes a number from 0 to " + LONGEST_MINUTES);
    }
    return Integer.parseInt(text);
  }

  private static String line(String given) {
    String line = given.strip();
    if (!NOTICE.matcher(line).matches()) {
      throw new WrongUsage("--notice takes one line of at most 200 characters");
    }
    return line;
  }

  /** Exit status 0 if it was done. */
  public int run() {
    JsonNode now = ask(plan.map(p -> "maintenance-begin " + p.text()).orElse(word()));
    System.out.print(options.json() ? now + "\n" : said(now));
    return 0;
  }

  private String word() {
    return verb.equals("end") ? "maintenance-end" : "maintenance";
  }

  private String said(JsonNode now) {
    String locksAt = now.path("locksAt").asText("");
    if (verb.equals("end")) {
      return "The maintenance is over: workspaces can be unlocked again.\n";
    }
    if (locksAt.isEmpty() || now.path("locksAt").isNull()) {
      return "There is no maintenance.\n";
    }
    String notice = now.path("notice").asText();
    return "Maintenance: no workspace opens, and what is open locks at "
        + locksAt
        + ".\n"
        + (notice.isEmpty() ? "" : "People read: " + notice + "\n")
        + "It is over with\n  ./coffer maintenance end\n";
  }

  private JsonNode ask(String word) {
    return new Running(options.data().controlSocket())
        .ask(word)
        .orElseThrow(() -> new StartFailure("Cofferdam is not running: nothing is open"));
  }
}
