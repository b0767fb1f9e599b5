// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.box;

import dev.cofferdam.sandboxhost.uids.BoxUids;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Boxes that were never finished and whose maker is gone: bubblewrap's child asks for a signal at
 * its parent's death only once the parent has said that the namespaces are there, and waits for
 * ever if it dies before. Such a one has no agent and no key, but a workspace's uids.
 *
 * <p>Only processes of user namespaces that this host's user has made can be ended by it,
 * user_namespaces(7).
 */
public final class Orphans {
  private static final long EVERY_MINUTES = 1;
  private static final String BUBBLEWRAP = "bwrap";

  /** Its instance for a person's session takes that session's orphans in place of process 1. */
  private static final String SYSTEMD = "systemd";

  private final BoxUids uids;

  public Orphans(BoxUids uids) {
    this.uids = uids;
  }

  /** Looks now and once a minute for as long as the program runs. */
  public void keepEnding() {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("orphans").factory());
    timer.scheduleWithFixedDelay(this::look, 0, EVERY_MINUTES, TimeUnit.MINUTES);
  }

  private void look() {
    try {
      if (ProcessHandle.current().pid() != 1) { // else healthy boxes are children of process 1 too
        // A handle is for that one process, also when its pid has been given away meanwhile.
        ProcessHandle.allProcesses().filter(this::isOrphan).forEach(Orphans::end);
      }
    } catch (RuntimeException e) {
      System.err.println("can't look for boxes without a host: " + e); // the next look comes
    }
  }

  private boolean isOrphan(ProcessHandle process) {
    return status(process.pid())
        .filter(found -> isOrphan(found, status(found.parent()).map(ProcessStatus::name), uids))
        .isPresent();
  }

  /**
   * A box that goes on is the child of a bubblewrap, and that one of a sandbox-host, be it ours or
   * another one's with the same range.
   */
  static boolean isOrphan(ProcessStatus process, Optional<String> parentName, BoxUids uids) {
    return process.runs()
        && process.name().equals(BUBBLEWRAP)
        && (process.parent() == 1 || parentName.filter(SYSTEMD::equals).isPresent())
        && uids.isOfABox(process.uid());
  }

  /** A name need not be UTF-8. */
  private static Optional<ProcessStatus> status(long pid) {
    try {
      Path file = Path.of("/proc/" + pid + "/status");
      return ProcessStatus.parse(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty(); // it has ended meanwhile
    }
  }

  private static void end(ProcessHandle process) {
    if (process.destroyForcibly()) {
      System.err.println("ended a box that its host had left behind: process " + process.pid());
    } else if (process.isAlive()) {
      System.err.println("can't end a box that its host had left behind: " + process.pid());
    }
  }
}
