// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher does where AppArmor restricts user namespaces; AppArmor is stood in for. */
class UserNamespacesTest {
  /** As the kernel does: to make one is allowed, to mount in it only once a profile is loaded. */
  private static final String RESTRICTED =
      "case \"$*\" in *mount*tmpfs*) test -e \"$HOME/loaded\" ;; esac";

  @TempDir Path folder;
  private Bash bash;

  @BeforeEach
  void makeMachine() throws Exception {
    bash = new Bash(folder).real("install").standIn("unshare", RESTRICTED);
    bash.standIn("setpriv", "while [ \"$1\" != -- ]; do shift; done; shift; exec \"$@\"");
    bash.standIn("apparmor_parser", "echo \"parser $*\" >> $SAID; touch $HOME/loaded");
    Path build = Files.createDirectories(bash.checkout().resolve("build"));
    Files.copy(Path.of("../build/apparmor"), build.resolve("apparmor"));
  }

  private Bash.Result need(String restriction) throws Exception {
    Path setting = Files.writeString(folder.resolve("setting"), restriction + "\n");
    return bash.run(
        "apparmor_restriction=%s; apparmor_profile=%s; need_user_namespaces"
            .formatted(setting, profile()));
  }

  private Path profile() {
    return folder.resolve("cofferdam");
  }

  @Test
  void rootLoadsAProfileAndSaysSo() throws Exception {
    bash.standIn("id", "echo 0");
    Bash.Result result = need("1");
    assertThat(result.status()).as(result.toString()).isZero();
    assertThat(result.out())
        .contains("Letting bwrap and unshare have them", "docs/user-namespaces");
    assertThat(bash.said()).isEqualTo("parser -r " + profile() + "\n");
    assertThat(profile()).content().contains("/usr/bin/bwrap", "/usr/bin/unshare", "userns,");
  }

  @Test
  void onceItIsLoadedThereIsNothingToDo() throws Exception {
    bash.standIn("id", "echo 0");
    Files.createFile(folder.resolve("home/loaded"));
    assertThat(need("1")).isEqualTo(new Bash.Result(0, "", ""));
    assertThat(bash.said()).isEmpty();
  }

  @Test
  void whoMayNotReadsBothWaysAndStatus3() throws Exception {
    bash.standIn("id", "echo 1000");
    Bash.Result result = need("1");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .contains(
            "apparmor_parser -r " + profile(),
            "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
            "docs/user-namespaces.md");
    assertThat(profile()).doesNotExist();
  }

  @Test
  void aProfileThatDoesNotHelpIsNoSuccess() throws Exception {
    bash.standIn("id", "echo 0").standIn("apparmor_parser", "exit 0");
    Bash.Result result = need("1");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("still keeps programs from using user namespaces");
  }

  @Test
  void elsewhereNothingIsInstalled() throws Exception {
    bash.standIn("id", "echo 0");
    Bash.Result result = need("0");
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("user.max_user_namespaces");
    assertThat(profile()).doesNotExist();
  }
}
