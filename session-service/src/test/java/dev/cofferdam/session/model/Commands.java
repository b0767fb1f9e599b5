// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

import dev.cofferdam.session.model.Command.Became;
import dev.cofferdam.session.model.Command.By;
import dev.cofferdam.session.model.Command.How;
import dev.cofferdam.session.model.Command.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Sequences of commands, for one seed always the same. */
final class Commands {
  static final int LONGEST_SECONDS = 43_200;

  /** Multiples of 5 s, as all thresholds are: see {@link Model}. */
  private static final int[] PASSES = {5, 10, 20, 25, 25, 30, 45, 60, 120};

  private static final int[] SETTINGS = {-60, -30, -10, 10, 30, 60, 3600};
  private static final String[] REASONS = {"user", "admin", "idle", "away", "signed-out"};
  private static final String[] FAILURES = {"token-spent", "wrong-key", "vault-unreachable"};

  private final RandomGenerator random;

  private Commands(RandomGenerator random) {
    this.random = random;
  }

  static List<Command> ofSeed(long seed) {
    RandomGenerator random =
        RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seed);
    Commands commands = new Commands(random);
    List<Command> sequence = new ArrayList<>();
    int length = random.nextInt(20, 60);
    while (sequence.size() < length) {
      sequence.addAll(commands.next());
    }
    return sequence;
  }

  private List<Command> next() {
    return switch (random.nextInt(21)) {
      case 0, 1, 2 -> List.of(later());
      case 3, 4 -> List.of(new Command.AtOnce(request(), request()));
      case 5 ->
          List.of(
              random.nextInt(4) == 0 ? openWith(Trouble.VAULT_AWAY) : new Command.Cut(request()));
      case 6 -> List.of(new Command.Die(session()));
      case 7 -> List.of(new Command.Take(session()));
      case 8 -> List.of(new Command.Lost());
      case 9 -> List.of(new Command.EndSignIn(random.nextInt(Model.PERSONS)));
      case 10, 11, 12 -> usual();
      case 13, 14 -> twice(request());
      case 15 -> maintained();
      default -> List.of(request());
    };
  }

  /** As nearly all sessions begin, and many go on. */
  private List<Command> usual() {
    List<Command> all =
        List.of(
            openWith(Trouble.NONE),
            // The gateway may be slow.
            new Command.Later(5 * random.nextInt(6), How.NOBODY_RENEWS, false),
            new Command.Take(0),
            new Command.Report(0, Became.OPENED, ""),
            new Command.Warn(0),
            new Command.Resume(0));
    return all.subList(0, random.nextInt(3, all.size() + 1));
  }

  private List<Command> maintained() {
    return List.of(
        new Command.Maintain(true),
        openWith(Trouble.NONE),
        request(),
        new Command.Maintain(false),
        openWith(Trouble.NONE));
  }

  private static List<Command> twice(Command command) {
    return List.of(command, command);
  }

  private Command later() {
    boolean isCutFirst = random.nextInt(4) == 0;
    return switch (random.nextInt(8)) {
      case 0 -> new Command.Later(LONGEST_SECONDS, How.ALL_ARE_RENEWED, isCutFirst);
      case 1, 2 -> new Command.Later(one(SETTINGS), How.CLOCK_IS_SET, isCutFirst);
      default -> new Command.Later(one(PASSES), How.NOBODY_RENEWS, isCutFirst);
    };
  }

  /** What may come at the same time as another. */
  private Command request() {
    return switch (random.nextInt(24)) {
      case 0, 1, 2 -> openWith(Trouble.NONE);
      case 3 -> openWith(Trouble.USED_SANDBOX);
      case 4 -> new Command.OpenForeign(random.nextInt(Model.WORKSPACES));
      case 5, 6, 7 -> new Command.Report(session(), Became.OPENED, "");
      case 8, 9 -> new Command.Report(session(), Became.FAILED, one(FAILURES));
      case 10 -> new Command.Report(session(), Became.ENDED, one(REASONS));
      case 11, 12 -> new Command.Report(session(), Became.LOCKED, one(REASONS));
      case 13, 14, 15 -> new Command.Warn(session());
      case 16 -> new Command.Resume(session());
      case 17, 18 -> new Command.Lock(session(), one(By.values()));
      case 19, 20 -> new Command.Renew(session(), random.nextInt(8) != 0);
      case 21 -> new Command.Terminal(session());
      // Lifted more often than not, or nothing would ever open.
      default -> new Command.Stop(random.nextInt(5) == 0);
    };
  }

  private Command openWith(Trouble trouble) {
    return new Command.Open(random.nextInt(Model.WORKSPACES), trouble);
  }

  /** Mostly the newest. */
  private int session() {
    return Math.min(random.nextInt(5), random.nextInt(5));
  }

  private int one(int[] of) {
    return of[random.nextInt(of.length)];
  }

  private <T> T one(T[] of) {
    return of[random.nextInt(of.length)];
  }
}
