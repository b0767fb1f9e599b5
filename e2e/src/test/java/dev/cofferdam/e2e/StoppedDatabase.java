// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A copy of a stopped product's database, read in single-user mode: nobody can sign in to it as its
 * superuser, and no service sees all of it.
 */
final class StoppedDatabase implements AutoCloseable {
  private static final Pattern COUNTED = Pattern.compile("\"counted=(\\d+)\"");

  private final Path folder;

  private StoppedDatabase(Path folder) {
    this.folder = folder;
  }

  /** Stops the product for it. */
  static StoppedDatabase of(Coffer coffer) {
    try {
      Path folder =
          Files.createTempDirectory(
              "coffer-database",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
      StoppedDatabase copy = new StoppedDatabase(folder);
      // It sees its files at a place of its own, which is gone with it.
      Path running = Path.of("/proc/" + coffer.part("postgres").pid());
      Path program = Files.readSymbolicLink(running.resolve("exe"));
      Path installed = Path.of(running + "/root" + program.getParent().getParent());
      copy.run("", List.of("cp", "-a", installed.toString(), copy.installed()));
      Command.Result down = coffer.down();
      assertThat(down.status()).as(down.said()).isZero();
      Path cluster = coffer.data().resolve("postgres").resolve("17");
      copy.run("", List.of("cp", "-a", cluster.toString(), copy.cluster()));
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String installed() {
    return folder.resolve("installed").toString();
  }

  private String cluster() {
    return folder.resolve("cluster").toString();
  }

  /**
   * How many rows there are.
   *
   * @param from what stands behind {@code from}, in one line
   */
  int count(String from) {
    String sql = "select 'counted=' || count(*) from " + from + "\n";
    List<String> command = new ArrayList<>(asOwner());
    command.addAll(List.of(installed() + "/bin/postgres", "--single", "-D", cluster(), "coffer"));
    String said = run(sql, command);
    Matcher counted = COUNTED.matcher(said);
    assertThat(counted.find()).as("%s of %s", said, sql).isTrue();
    return Integer.parseInt(counted.group(1));
  }

  /** PostgreSQL refuses to run as root, and where we are not root all is ours. */
  private List<String> asOwner() {
    Object owner = owner(Path.of(cluster()));
    return owner.equals(owner(Path.of("/proc/self")))
        ? List.of()
        : List.of("setpriv", "--reuid=" + owner, "--regid=" + owner, "--clear-groups");
  }

  private static Object owner(Path file) {
    try {
      return Files.getAttribute(file, "unix:uid");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String run(String input, List<String> command) {
    try {
      Path in = Files.writeString(folder.resolve("in"), input);
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(in.toFile())
              .start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    Trees.remove(folder);
  }
}
