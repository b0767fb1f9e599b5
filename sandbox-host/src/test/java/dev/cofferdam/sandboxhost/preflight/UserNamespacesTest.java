// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A namespace without capabilities is stood in for: this kernel may not have AppArmor. */
class UserNamespacesTest {
  private static final List<String> POWERLESS =
      List.of("unshare", "--user", "mount", "-t", "tmpfs", "none", "/tmp");
  @TempDir Path folder;

  private Path setting(String value) throws Exception {
    return Files.writeString(folder.resolve("setting"), value + "\n");
  }

  @Test
  void canBeUsedHere() {
    assertThat(new UserNamespaces().obstacle()).isEmpty();
  }

  @Test
  void whereOneCanBeMadeButNotUsedAppArmorIsNamed() throws Exception {
    UserNamespaces namespaces = new UserNamespaces(setting("1"), POWERLESS);
    assertThat(namespaces.obstacle().orElseThrow())
        .contains("AppArmor", "kernel.apparmor_restrict_unprivileged_userns=0");
  }

  @Test
  void otherwiseOtherSettingsAre() throws Exception {
    for (Path setting : List.of(setting("0"), folder.resolve("none"))) {
      UserNamespaces namespaces = new UserNamespaces(setting, POWERLESS);
      assertThat(namespaces.obstacle().orElseThrow())
          .contains("user.max_user_namespaces")
          .doesNotContain("AppArmor");
    }
  }

  @Test
  void isAskedAgainUntilItIsSo() throws Exception {
    Path sign = folder.resolve("sign");
    UserNamespaces namespaces =
        new UserNamespaces(setting("1"), List.of("test", "-e", sign.toString()));
    assertThat(namespaces.obstacle()).isPresent();
    Files.createFile(sign);
    assertThat(namespaces.obstacle()).isEmpty();
    Files.delete(sign);
    assertThat(namespaces.obstacle()).isEmpty();
  }
}
