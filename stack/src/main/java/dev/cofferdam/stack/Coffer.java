// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack;

import dev.cofferdam.stack.command.Audit;
import dev.cofferdam.stack.command.Commands;
import dev.cofferdam.stack.command.MaintenanceCommand;
import dev.cofferdam.stack.command.Options;
import dev.cofferdam.stack.command.Up;
import dev.cofferdam.stack.command.WrongUsage;
import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Behind {@code ./coffer}: exit status 0 done, 1 failed, 2 wrong usage, 3 something is missing. */
public final class Coffer {
  /** Held here: the logging system forgets loggers that nobody holds, and their levels. */
  private static final Logger CLIENTS = Logger.getLogger("org.apache.kafka");

  private Coffer() {}

  public static void main(String[] args) {
    CLIENTS.setLevel(Level.OFF);
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> args) {
    try {
      List<String> words = args.subList(1, args.size());
      return switch (args.getFirst()) {
        case "up" ->
            new Up(Options.parse(words, Up.OPTIONS), Path.of(System.getProperty("coffer.root")))
                .run();
        case "down" -> commands(words).down();
        case "status" -> commands(words).status();
        case "link" -> new Commands(Options.parse(words, Commands.LINK_OPTIONS)).link();
        case "emergency-stop" ->
            new Commands(Options.parse(words, Commands.EMERGENCY_OPTIONS)).emergencyStop();
        case "maintenance" -> MaintenanceCommand.parse(words).run();
        case "reset" -> commands(words).reset();
        case "audit" -> Audit.parse(words).verify();
        default -> throw new StartFailure("unknown command");
      };
    } catch (WrongUsage e) {
      System.err.println("coffer: " + e.getMessage() + " (./coffer --help)");
      return 2;
    } catch (StartFailure e) {
      System.err.println("coffer: " + e.text());
      return 1;
    } catch (IOException e) {
      System.err.println("coffer: " + e);
      return 1;
    }
  }

  private static Commands commands(List<String> words) {
    return new Commands(Options.parse(words, Commands.OPTIONS));
  }
}
