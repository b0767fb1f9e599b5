// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import org.jspecify.annotations.Nullable;

/** Each is taken, whether or not the one before could be: as much as can be has to end. */
final class Steps {
  private @Nullable RuntimeException failed;

  void take(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      if (failed == null) {
        failed = e;
      } else {
        failed.addSuppressed(e);
      }
    }
  }

  /**
   * @throws RuntimeException what the first one threw that failed, with what the others did
   */
  void throwWhatFailed() {
    if (failed != null) {
      throw failed;
    }
  }
}
