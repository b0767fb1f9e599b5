// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * In groups of the kernel's own hierarchy of version 2, mounted for the test alone. Controllers
 * that are bound to version 1 can't be had there: whether memory is capped is not tried then.
 */
class ControlGroupsTest {
  private static final String USER = "daemon";

  /** Memory and pids where there are both, else any that there is. */
  private static final String PREPARE =
      """
      set -e
      chmod 755 $1
      mkdir $1/all
      mount -t cgroup2 none $1/all
      has=" $(cat $1/all/cgroup.controllers) "
      case $has in *' memory '*) all='memory pids' ;; *) all=${has# } all=${all%%%% *} ;; esac
      for c in $all; do echo +$c > $1/all/cgroup.subtree_control; done
      top=$1/all/coffer-try-$$
      mkdir $top
      trial() { "$2" -cp "$3" "$4" $top "$5" $all || true; }
      %s
      rmdir $top/cofferdam-7/host $top/cofferdam-7 2>/dev/null || true
      rmdir $top
      """;

  @TempDir Path folder;

  static boolean root() {
    return System.getProperty("user.name").equals("root");
  }

  private List<String> trial(String lines) throws Exception {
    Process process =
        new ProcessBuilder(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "sh",
                "-c",
                PREPARE.formatted(lines),
                "sh",
                folder.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"),
                DelegationTrial.class.getName(),
                USER)
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  @Test
  @EnabledIf("root")
  void theUserMovesItsChildrenFromWhereItIsStarted() throws Exception {
    List<String> said = trial("trial \"$@\"");
    assertThat(said).hasSize(4).startsWith("missing: nothing");
    assertThat(said.get(1)).endsWith("/cofferdam-7/box");
    assertThat(said.get(2)).isEqualTo(USER);
    assertThat(said.get(3)).endsWith("/cofferdam-7/host");
  }

  /** As in a container, whose own root has processes. */
  @Test
  @EnabledIf("root")
  void whereProcessesAreInTheTopGroupNothingIsDelegated() throws Exception {
    assertThat(
            trial(
                "sleep 60 & echo $! > $top/cgroup.procs; trial \"$@\"; kill $!; wait $! 2>/dev/null || true"))
        .singleElement()
        .asString()
        .startsWith("missing: the controller ")
        .contains("can't be had in ");
  }

  @Test
  @EnabledIf("root")
  void whereTheyAreReadOnlyNothingIsDelegated() throws Exception {
    String remount = "mount -o remount,bind,%s $1/all; ";
    assertThat(trial(remount.formatted("ro") + "trial \"$@\"; " + remount.formatted("rw")))
        .containsExactly("missing: they are mounted read-only");
  }

  @Test
  void whereThereAreNoneNothingIsDelegated() {
    ControlGroups none = new ControlGroups(true, folder, List.of("memory"), USER, "cofferdam-7");
    assertThat(none.delegate().missing()).contains("none are mounted");
  }

  @Test
  void whoIsNotRootDelegatesNothing() {
    ControlGroups none = new ControlGroups(false, folder, List.of("memory"), USER, "cofferdam-7");
    assertThat(none.delegate().missing()).contains("not started as root");
    assertThat(none.delegate().settings()).isEmpty();
  }
}
