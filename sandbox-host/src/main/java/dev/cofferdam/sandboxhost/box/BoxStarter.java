// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.box;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.sandbox.protocol.Box;
import dev.cofferdam.sandboxhost.limits.BoxLimits;
import dev.cofferdam.sandboxhost.uids.BoxUids;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts boxes, all from one thread that lives as long as the program: a box asks for a signal when
 * its parent dies, and to the kernel the parent is the thread that started it (PR_SET_PDEATHSIG,
 * prctl(2)).
 */
public final class BoxStarter {
  private static final Pattern CHILD_PID = Pattern.compile("\"child-pid\": *([0-9]+)");

  private final BoxCommand command;
  private final Ciphertext ciphertext;
  private final Path sockets;
  private final BoxLimits limits;
  private final BoxUids uids;
  private final ExecutorService parent =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("parent-of-boxes").factory());

  public BoxStarter(
      BoxCommand command, Ciphertext ciphertext, Path sockets, BoxLimits limits, BoxUids uids) {
    this.command = command;
    this.ciphertext = ciphertext;
    this.sockets = sockets;
    this.limits = limits;
    this.uids = uids;
  }

  /** Returns when the namespaces are there; the agent is still starting then. */
  RunningBox start(WorkspaceId workspace) throws IOException {
    SandboxId sandbox = SandboxId.random();
    Path cipher = ciphertext.ensure(workspace);
    Path directory = Files.createDirectory(sockets.resolve(sandbox.toString()));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x---"));
    uids.giveKeepingGroup(workspace, directory);
    List<String> words = command.of(sandbox, workspace, cipher, directory);
    Process bwrap = spawn(words);
    try {
      FirstProcess first = firstProcess(bwrap);
      Thread.ofVirtual().name("output-" + sandbox).start(() -> forward(bwrap));
      String socket = directory.resolve("agent.sock").toString();
      Box box = new Box(sandbox, workspace, socket, first.handle().pid(), Instant.now());
      return new RunningBox(box, bwrap, first);
    } catch (IOException | OutOfMemoryError e) { // the second if no thread is to be had
      bwrap.destroyForcibly();
      throw new IOException("nobody would look after the box", e);
    }
  }

  private Process spawn(List<String> words) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectInput(new File("/dev/null"));
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    try {
      return parent.submit(builder::start).get();
    } catch (ExecutionException e) {
      throw new IOException("the box did not start", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static FirstProcess firstProcess(Process bwrap) throws IOException {
    BufferedReader output = bwrap.inputReader();
    StringBuilder text = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher pid = CHILD_PID.matcher(text.append(line).append(' '));
      if (line.equals("}") && pid.find()) {
        return ProcessHandle.of(Long.parseLong(pid.group(1)))
            .map(FirstProcess::new)
            .orElseThrow(() -> new IOException("the box ended at once"));
      }
    }
    throw new IOException("bubblewrap started no box: " + text);
  }

  /** What agents say goes to our log; they are trusted and write no secrets. */
  private static void forward(Process bwrap) {
    try (BufferedReader output = bwrap.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        System.out.println(line);
      }
    } catch (IOException e) {
      // The box is gone.
      return;
    }
  }

  /** Removes what a box that is gone leaves behind. */
  void clean(Box box) {
    limits.release(box.sandbox().toString());
    uids.remove(sockets.resolve(box.sandbox().toString()));
  }
}
