// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.place;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.agent.place.Place.Kept;
import dev.cofferdam.agent.terminal.Terminal;
import dev.cofferdam.agent.terminal.Terminals;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Keeps the place of a session as it locks, and brings the last one back as it opens. What fails is
 * left out: neither may stop or delay a lock, or stop an unlock. Should memory run out, the agent
 * ends as it always does then, and the key with it.
 */
public final class PlaceKeeper {
  /** How long a lock waits for it at most. */
  static final long LONGEST_KEEP_MILLIS = 300;

  /** What terminals showed that were not looked at by then is left out, and that is said. */
  private static final long LONGEST_LOOK_MILLIS = 150;

  private static final String NOT_KEPT =
      "\u001b[2m[what this terminal showed could not be kept in time]\u001b[0m\r\n";

  private final PlaceFile file;
  private final Terminals terminals;
  private final InstantSource clock;
  private final Duration longestLook;
  private boolean broughtBack;

  /**
   * @param file in the encrypted tree, out of the cell's reach
   * @param terminals of the session
   */
  public PlaceKeeper(Path file, Terminals terminals, InstantSource clock) {
    this(file, terminals, clock, Duration.ofMillis(LONGEST_LOOK_MILLIS));
  }

  PlaceKeeper(Path file, Terminals terminals, InstantSource clock, Duration longestLook) {
    this.file = new PlaceFile(file);
    this.terminals = terminals;
    this.clock = clock;
    this.longestLook = longestLook;
  }

  /**
   * Makes a terminal for each that was kept, in the same order, with a shell that starts in the
   * same directory. What ran is named and not started. A lock in the midst of it leaves all as it
   * was.
   *
   * @param shellIn the command of a terminal whose shell starts in this directory, a char a byte;
   *     one that is gone or empty means the workspace's root
   */
  public void bringBack(Function<String, List<String>> shellIn) {
    for (Kept kept : file.read().map(this::all).orElse(List.of())) {
      try {
        terminals.create(
            shellIn.apply(kept.directory()), kept.columns(), kept.rows(), kept.output());
      } catch (IOException | RuntimeException e) {
        // The workspace opens without it; what could not be started is not worth a closed door.
        continue;
      }
    }
    ready();
  }

  private List<Kept> all(Place place) {
    return place.terminals().stream().map(kept -> Curtain.over(kept, place.lockedAt())).toList();
  }

  /** From now on this session has a place of its own, and the last one is used up. */
  private synchronized void ready() {
    broughtBack = true;
    try {
      file.remove();
    } catch (IOException e) {
      // It comes back once more at the next unlock, unless a lock writes another over it.
    }
  }

  /**
   * Looks at everything, which programs may end after; the file is written meanwhile. Both have
   * {@link #LONGEST_KEEP_MILLIS} from now, whatever disk and programs do.
   */
  public Keeping keep() {
    Keeping keeping = new Keeping();
    keeping.start();
    return keeping;
  }

  /** A place that is being kept. */
  public final class Keeping {
    private final CountDownLatch looked = new CountDownLatch(1);
    private final Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("place")
            .unstarted(
                () -> {
                  try {
                    keepAll(looked);
                  } finally {
                    looked.countDown();
                  }
                });
    private final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_KEEP_MILLIS);

    private void start() {
      try {
        thread.start();
        looked.await(LONGEST_KEEP_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Until it is written, or its time is over. */
    public void await() {
      try {
        thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void keepAll(CountDownLatch looked) {
    if (!broughtBack) {
      return;
    }
    try {
      long end = System.nanoTime() + longestLook.toNanos();
      List<Kept> kept = new ArrayList<>();
      for (Terminal terminal : terminals.running()) {
        kept.add(System.nanoTime() < end ? look(terminal) : glance(terminal));
      }
      looked.countDown();
      if (!kept.isEmpty()) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        // A few kilobytes, so that each is back whatever the disk makes of the megabytes.
        file.write(new Place(now, kept.stream().map(PlaceKeeper::withoutOutput).toList()));
        file.write(new Place(now, kept));
      }
    } catch (IOException | RuntimeException e) {
      // Left out, and not told: there is nothing that could be done, and its words are the user's.
    }
  }

  private static Kept look(Terminal terminal) {
    Terminal.Retained seen = terminal.retained(OutputCut.WANTED_BYTES);
    Program program = Program.of(seen.foreground());
    return new Kept(
        seen.columns(),
        seen.rows(),
        Visible.text(seen.title(), Visible.LONGEST_TITLE),
        program.directory(),
        program.command(),
        OutputCut.last(seen.output(), seen.fromTheStart()));
  }

  /** There was no time for its output, nor to look what runs in it. */
  private static Kept glance(Terminal terminal) {
    ControlAnswer.Terminal seen = terminal.describe();
    String title = Visible.text(seen.title(), Visible.LONGEST_TITLE);
    return withoutOutput(new Kept(seen.columns(), seen.rows(), title, "", "", new byte[0]));
  }

  private static Kept withoutOutput(Kept kept) {
    return new Kept(
        kept.columns(),
        kept.rows(),
        kept.title(),
        kept.directory(),
        kept.command(),
        NOT_KEPT.getBytes(UTF_8));
  }

  /** The place of the last lock, if there is one; for tests. */
  Optional<Place> last() {
    return file.read();
  }
}
