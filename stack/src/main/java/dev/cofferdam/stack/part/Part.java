// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import dev.cofferdam.stack.process.Launch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Something that the stack runs. */
public interface Part {
  String name();

  /** Names of the parts that must be ready before this one is started the first time. */
  List<String> needs();

  /** Where it listens on loopback; 0 for none. */
  int port();

  /** How to start it now; called again for each restart, since credentials are good once. */
  Launch launch() throws IOException;

  /** Asks the running part itself; answers within three seconds. */
  boolean isReady();

  /** What is to be done each time that it has become ready, before others may use it. */
  default void onReady() {}

  /**
   * Called now and then while it runs: what lives shorter than a part is given to it anew.
   *
   * @param running its standard input is open if its launch keeps it so
   */
  default void refresh(Process running) throws IOException {}

  /** How often that has to be; empty for as often as certificates between parts need it. */
  default Optional<Duration> refreshEvery() {
    return Optional.empty();
  }

  /** What an operator should know of it although it is ready. */
  default Optional<String> notice() {
    return Optional.empty();
  }

  /** The signal that ends it in order, by kill(1). */
  default String stopSignal() {
    return "TERM";
  }
}
