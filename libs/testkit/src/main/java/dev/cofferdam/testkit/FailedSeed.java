// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The seed of a random proof that failed, kept until the same seed succeeds: whoever runs the proof
 * again meets the counterexample again, not another seed's success. A file for each proof.
 */
public final class FailedSeed {
  private final Path file;
  private final String proof;

  FailedSeed(Path folder, String proof) {
    file = folder.resolve(proof);
    this.proof = proof;
  }

  /** Below this module's {@code target}, until that is removed. */
  public static FailedSeed of(Class<?> proof) {
    return new FailedSeed(Path.of("target", "failed-seeds"), proof.getSimpleName());
  }

  /**
   * The one that was asked for, else the one that failed, else a fresh one; which of them is said
   * on standard output.
   */
  public long choose(Optional<Long> asked, LongSupplier fresh) {
    Optional<Long> failed = asked.isPresent() ? Optional.empty() : find();
    long seed = asked.or(() -> failed).orElseGet(fresh::getAsLong);
    String again = failed.isPresent() ? ", which failed the last time" : "";
    System.out.println(proof + ": seed " + seed + again);
    return seed;
  }

  /** Empty also for a file that holds no number. */
  Optional<Long> find() {
    try {
      return Files.exists(file)
          ? Optional.of(Long.valueOf(Files.readString(file).strip()))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Before it is tried, so that it stays if the run does not come to an end. */
  public void keep(long seed) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, Long.toString(seed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It has succeeded. */
  public void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
