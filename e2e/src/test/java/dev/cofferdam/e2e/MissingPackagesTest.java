// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher does about system packages that are missing. */
class MissingPackagesTest {
  private static final List<String> THERE =
      List.of(
          "fusermount3",
          "newuidmap",
          "setpriv",
          "prlimit",
          "ps",
          "xz",
          "mvn",
          "git",
          "vim",
          "htop");
  @TempDir Path folder;
  private Bash bash;

  /** Without gocryptfs and tmux; which Python and libraries there are is this machine's word. */
  @BeforeEach
  void makeMachine() {
    bash = new Bash(folder).real("python3").real("bwrap");
    THERE.forEach(name -> bash.standIn(name, "exit 0"));
    bash.standIn("apt-get", "echo \"apt-get $*\" >> $SAID");
  }

  @Test
  void whoMayNotInstallThemReadsTheExactCommandAndStatus3() {
    bash.standIn("id", "echo 1000");
    Bash.Result result = bash.run("need_packages run");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo(
            "coffer: run this as root first: apt-get update && apt-get install -y"
                + " --no-install-recommends gocryptfs tmux\n");
    assertThat(bash.said()).as("nothing was tried").isEmpty();
  }

  /** A minimal system has neither: the supervisor needs kill, tests a key of OpenSSH's as well. */
  @Test
  void whatAMinimalSystemLacksIsMissing() throws Exception {
    Files.delete(bash.bin().resolve("ps"));
    assertThat(bash.run("missing_packages run").out().lines())
        .contains("procps")
        .doesNotContain("openssh-client");
    assertThat(bash.run("missing_packages test").out().lines())
        .contains("procps", "openssh-client", "chromium")
        .doesNotContain("fio");
    assertThat(bash.run("missing_packages bench").out().lines())
        .contains("procps", "fio")
        .doesNotContain("openssh-client", "chromium");
  }

  @Test
  void whoMayHasThemInstalled() {
    bash.standIn("id", "echo 0");
    Bash.Result result = bash.run("fuse_device_is_open() { return 0; }; need_packages run");
    assertThat(result.status()).as(result.toString()).isZero();
    assertThat(result.out()).contains("missing packages: gocryptfs tmux", "installing them");
    assertThat(bash.said())
        .isEqualTo("apt-get update\napt-get install -y --no-install-recommends gocryptfs tmux\n");
  }

  @Test
  void aPersonsSudoIsUsedWhereItAsksNothing() {
    bash.standIn("id", "echo 1000").standIn("sudo", "echo \"sudo $*\" >> $SAID");
    Bash.Result result = bash.run("install_packages gocryptfs");
    assertThat(result.status()).as(result.toString()).isZero();
    assertThat(bash.said())
        .contains("sudo apt-get update", "apt-get install -y --no-install-recommends gocryptfs");
  }

  @Test
  void withoutAptTheyAreNamed() throws Exception {
    Files.delete(bash.bin().resolve("apt-get"));
    Bash.Result result = bash.run("need_packages run");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err())
        .isEqualTo(
            "coffer: these packages are missing, install them with your package manager:"
                + " gocryptfs tmux\n");
  }

  @Test
  void anInstallationThatFailsSaysItsLastLines() {
    bash.standIn("id", "echo 0")
        .standIn("apt-get", "i=0; while [ $i -lt 30 ]; do i=$((i+1)); echo line$i; done; exit 100");
    Bash.Result result = bash.run("install_packages gocryptfs");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("failed");
    assertThat(result.err().lines()).hasSize(20).contains("line30").doesNotContain("line1");
  }
}
