// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.preflight;

import dev.cofferdam.sandboxhost.limits.BoxLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks at the host before each box. */
public final class Preflight {
  private static final Path FUSE = Path.of("/dev/fuse");
  private static final Path SWAPS = Path.of("/proc/swaps");

  private final boolean swapAccepted;
  private final BoxLimits limits;
  private final UserNamespaces namespaces = new UserNamespaces();

  public Preflight(boolean swapAccepted, BoxLimits limits) {
    this.swapAccepted = swapAccepted;
    this.limits = limits;
  }

  /**
   * Why no box may start.
   *
   * @param problem stable, see {@code HostAnswer.Refused}
   * @param detail what to do
   */
  public record Objection(String problem, String detail) {}

  public Optional<Objection> objection() {
    Optional<String> obstacle = namespaces.obstacle();
    if (obstacle.isPresent()) {
      return Optional.of(new Objection("user-namespaces-forbidden", obstacle.get()));
    }
    if (!Files.isWritable(FUSE) || !Files.isReadable(FUSE)) {
      return Optional.of(
          new Objection(
              "start-failed",
              "/dev/fuse can't be used: install the package fuse3 and run chmod 0666 /dev/fuse"));
    }
    if (!swapAccepted && !limits.keepsOutOfSwap() && hasSwap()) {
      return Optional.of(
          new Objection(
              "swap-unencrypted",
              "This host swaps to disk, where a key could end up: run swapoff -a, or accept it with"
                  + " --accept-swap."));
    }
    return Optional.empty();
  }

  private static boolean hasSwap() {
    try {
      return Files.readAllLines(SWAPS).size() > 1;
    } catch (IOException e) {
      return true;
    }
  }
}
