// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process whose parent is gone. */
public record Leftover(long pid) implements AutoCloseable {
  private static final Pattern CHILD_PID = Pattern.compile("\"child-pid\": *([0-9]+)");

  /**
   * Half a box: its outer bubblewrap is killed before it lets the inner one go on.
   *
   * @param uid the first of eight in the user's range
   */
  public static Leftover halfABox(SandboxUser user, long uid)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(inRange(user, uid));
    command.addAll(List.of("bwrap", "--unshare-user", "--unshare-pid", "--die-with-parent"));
    // It waits for a line on this pipe: that is as if it were slow, at just that moment.
    command.addAll(List.of("--ro-bind", "/", "/", "--info-fd", "1", "--userns-block-fd", "0"));
    command.add("true");
    Process outer = new ProcessBuilder(command).redirectErrorStream(true).start();
    long child = childPid(outer.inputReader());
    outer.destroyForcibly().waitFor();
    return new Leftover(child);
  }

  private static long childPid(BufferedReader output) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher pid = CHILD_PID.matcher(text.append(line));
      if (line.equals("}") && pid.find()) {
        return Long.parseLong(pid.group(1));
      }
    }
    throw new AssertionError("bubblewrap started nothing: " + text);
  }

  /** A program with a uid of the range that is no box. */
  public static Leftover sleeper(SandboxUser user, long uid) {
    return background(inRange(user, uid), "sleep");
  }

  /** A program of the user himself. */
  public static Leftover program(SandboxUser user, Path program) {
    return background(user.prefix(), program.toString());
  }

  private static Leftover background(List<String> prefix, String program) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("sh", "-c", program + " 1000 > /dev/null 2>&1 & echo $!"));
    return new Leftover(Long.parseLong(Command.require(command).strip()));
  }

  private static List<String> inRange(SandboxUser user, long uid) {
    List<String> words = new ArrayList<>(user.prefix());
    String map = uid + ",0,8";
    words.addAll(List.of("unshare", "--user", "--map-users=" + map, "--map-groups=" + map));
    words.addAll(List.of("--setuid", "0", "--setgid", "0"));
    return words;
  }

  public boolean runs() {
    return Processes.all().stream().anyMatch(process -> process.pid() == pid);
  }

  @Override
  public void close() {
    Command.run(List.of("kill", "-KILL", Long.toString(pid)));
  }
}
