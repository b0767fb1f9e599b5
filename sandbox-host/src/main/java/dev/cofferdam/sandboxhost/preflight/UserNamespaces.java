// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.preflight;

import dev.cofferdam.sandboxhost.process.ShortCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether we can do in a user namespace what a box needs. To make one is not enough: where AppArmor
 * restricts them (Ubuntu since 24.04) that succeeds, and whoever made it has no capability there.
 */
final class UserNamespaces {
  private static final List<String> MOUNT =
      List.of(
          "unshare",
          "--user",
          "--map-root-user",
          "--mount",
          "mount",
          "-t",
          "tmpfs",
          "none",
          "/tmp");

  private final Path restriction;
  private final List<String> attempt;
  private volatile boolean seen;

  UserNamespaces() {
    this(Path.of("/proc/sys/kernel/apparmor_restrict_unprivileged_userns"), MOUNT);
  }

  /**
   * @param restriction AppArmor's setting, perhaps not there
   * @param attempt succeeds where a namespace can be used
   */
  UserNamespaces(Path restriction, List<String> attempt) {
    this.restriction = restriction;
    this.attempt = List.copyOf(attempt);
  }

  /** What to do if they can't be used; asked until they can, then remembered. */
  Optional<String> obstacle() {
    seen = seen || ShortCommand.run(attempt).succeeded();
    return seen ? Optional.empty() : Optional.of(advice());
  }

  private String advice() {
    if (isRestricted()) {
      return "AppArmor keeps unprivileged programs of this host from using user namespaces. Run"
          + " ./coffer up as root, which lets bwrap and unshare have them, or"
          + " sysctl -w kernel.apparmor_restrict_unprivileged_userns=0: docs/user-namespaces.md.";
    }
    return "This host forbids user namespaces to unprivileged users: see user.max_user_namespaces"
        + " and kernel.unprivileged_userns_clone, sysctl(8).";
  }

  private boolean isRestricted() {
    try {
      return Files.readString(restriction).strip().equals("1");
    } catch (IOException e) {
      return false;
    }
  }
}
