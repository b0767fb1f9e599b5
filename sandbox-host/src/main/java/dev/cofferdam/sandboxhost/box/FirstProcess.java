// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.box;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The first process of a box's pid namespace. Its end takes all others in it along, and is complete
 * once the kernel shows it as a zombie (pid_namespaces(7)): it is our grandchild, so reaping it is
 * the host's first process's business and may take seconds.
 */
record FirstProcess(ProcessHandle handle) {
  boolean isGone() {
    return !handle.isAlive() || isZombie();
  }

  private boolean isZombie() {
    try {
      // pid (name) state …, and the name may hold anything (proc_pid_stat(5))
      String stat = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state == 'Z' || state == 'X';
    } catch (IOException e) {
      return true;
    }
  }

  void kill() {
    handle.destroyForcibly();
  }
}
