// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import dev.cofferdam.identity.WorkspaceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One Vault and one sandbox-host, shared by all tests of a run. */
public final class Lab {
  private static final class Shared {
    private static final Lab LAB = create();
  }

  private final Path root;
  private final TestVault vault;
  private final TestTickets tickets = new TestTickets();
  private final SandboxUser user = SandboxUser.prepare();
  private final ControlGroups groups;
  private final HostProcess host;
  private final HostClient client;

  private Lab() throws IOException {
    root = passable(Files.createTempDirectory("coffer-lab"));
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    Path vaultDirectory = passable(Files.createDirectory(root.resolve("vault")));
    vault = new TestVault(vaultDirectory);
    groups = ControlGroups.prepare(user);
    Map<String, String> settings = new HashMap<>(groups.settings());
    settings.put("coffer.limit.box-processes", "400");
    settings.put("coffer.limit.box-megabytes", "512");
    settings.put("coffer.limit.processes", "200");
    settings.put("coffer.limit.process-megabytes", "256");
    settings.put("coffer.limit.temporary-megabytes", "16");
    settings.put("coffer.limit.file-megabytes", "16");
    host =
        HostProcess.start(
            passable(Files.createDirectory(root.resolve("h"))),
            user,
            vaultDirectory,
            tickets.publicKey(),
            settings);
    client = new HostClient(host.socket());
  }

  /** Started at the first call, ended with this JVM. */
  public static Lab shared() {
    return Shared.LAB;
  }

  private static Lab create() {
    try {
      return new Lab();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A directory that strangers may pass but not list. */
  static Path passable(Path directory) throws IOException {
    return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
  }

  public TestVault vault() {
    return vault;
  }

  public TestTickets tickets() {
    return tickets;
  }

  public HostProcess host() {
    return host;
  }

  public HostClient client() {
    return client;
  }

  public SandboxUser user() {
    return user;
  }

  public ControlGroups groups() {
    return groups;
  }

  public Path root() {
    return root;
  }

  /** A workspace with a key, its ciphertext not yet made. */
  public TestWorkspace newWorkspace() {
    WorkspaceId id = WorkspaceId.random();
    return new TestWorkspace(this, id, vault.newWrappedKey(TestVault.keyName(id)));
  }

  private void close() {
    host.close();
    groups.close();
    vault.close();
    // Boxes' files belong to subordinate uids, which only their user or root can remove.
    Command.run(List.of("rm", "-rf", "--one-file-system", root.toString()));
  }
}
