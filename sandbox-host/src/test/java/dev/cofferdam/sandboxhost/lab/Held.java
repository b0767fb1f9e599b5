// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that the kernel can't end for good: a tracer (ptrace(2)) has its exit status and takes
 * no notice, so that neither it nor its pid namespace goes until this is closed.
 */
public final class Held implements AutoCloseable {
  private static final String TRACER =
      """
      $| = 1;
      $SIG{CHLD} = sub {};
      syscall(101, 0x4206, $ARGV[0] + 0, 0, 0) == 0 or die "PTRACE_SEIZE: $!";
      print "holds\\n";
      while (1) { sleep }
      """;

  private final Process tracer;

  private Held(Process tracer) {
    this.tracer = tracer;
  }

  public static Held hold(long pid, SandboxUser user) throws IOException {
    List<String> command = new ArrayList<>();
    if (!user.own()) {
      command.addAll(List.of("nsenter", "--user", "--target", pid + ""));
    }
    command.addAll(List.of("setpriv", "--pdeathsig=KILL", "perl", "-e", TRACER, pid + ""));
    Process tracer = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = tracer.inputReader().readLine();
    if (!"holds".equals(said)) {
      throw new AssertionError(said);
    }
    return new Held(tracer);
  }

  @Override
  public void close() {
    tracer.destroyForcibly();
  }
}
