// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What a JVM that ends before its tests closed everything still tidies up: children, then files.
 */
final class AtExit {
  private static final Queue<Process> CHILDREN = new ConcurrentLinkedQueue<>();
  private static final Queue<Folder> FOLDERS = new ConcurrentLinkedQueue<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(AtExit::tidyUp, "testkit-tidy-up"));
  }

  private AtExit() {}

  static void kill(Process child) {
    CHILDREN.add(child);
  }

  static void remove(Folder folder) {
    FOLDERS.add(folder);
  }

  private static void tidyUp() {
    CHILDREN.forEach(Process::destroyForcibly);
    CHILDREN.forEach(child -> child.onExit().join());
    for (Folder folder : FOLDERS) {
      try {
        folder.close();
      } catch (UncheckedIOException e) {
        System.err.println("stays behind: " + folder.path());
      }
    }
  }
}
