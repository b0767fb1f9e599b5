// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import org.jspecify.annotations.Nullable;

/** Each is taken, whether or not the one before could be: as much as can be has to end. */
final class Steps {
  private @Nullable Throwable failed;

  void take(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      if (failed == null) {
        failed = e;
      } else if (!failed.equals(e)) {
        failed.addSuppressed(e);
      }
    }
  }

  /**
   * @throws RuntimeException what the first one threw that failed, or Error, with what the others
   *     did
   */
  void throwWhatFailed() {
    switch (failed) {
      case null -> {}
      case Error e -> throw e;
      case RuntimeException e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }
}
