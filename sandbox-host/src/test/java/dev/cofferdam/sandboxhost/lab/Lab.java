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

/** One Vault and one sandbox-host, for all tests of a run unless they end it. */
public final class Lab implements AutoCloseable {
  private static final class Shared {
    private static final Lab LAB = create(Map.of());
  }

  private final Path root;
  private final Path vaultDirectory;
  private final TestVault vault;
  private final TestTickets tickets = new TestTickets();
  private final SandboxUser user = SandboxUser.prepare();
  private final ControlGroups groups;
  private final Map<String, String> settings;
  private final Path hostRoot;
  private HostProcess host;
  private HostClient client;

  private Lab(Map<String, String> further) throws IOException {
    root = passable(Files.createTempDirectory("coffer-lab"));
    vaultDirectory = passable(Files.createDirectory(root.resolve("vault")));
    vault = new TestVault(vaultDirectory);
    groups = ControlGroups.prepare(user);
    settings = new HashMap<>(groups.settings());
    settings.put("coffer.limit.box-processes", "700");
    settings.put("coffer.limit.box-megabytes", "768");
    settings.put("coffer.limit.processes", "400");
    settings.put("coffer.limit.process-megabytes", "256");
    settings.put("coffer.limit.temporary-megabytes", "8");
    settings.put("coffer.limit.file-megabytes", "16");
    settings.putAll(further);
    hostRoot = passable(Files.createDirectory(root.resolve("h")));
    HostProcess.install(hostRoot, user);
    startHost();
  }

  private void startHost() throws IOException {
    host = HostProcess.start(hostRoot, user, vaultDirectory, tickets.publicKey(), settings);
    client = new HostClient(host.socket());
  }

  /** As a crash would end it. */
  public void killHost() {
    host.kill();
  }

  public void restartHost() throws IOException {
    startHost();
  }

  /** Started at the first call, ended with this JVM. */
  public static Lab shared() {
    return Shared.LAB;
  }

  /** For a test that ends sandbox-host. */
  public static Lab ofItsOwn() {
    return create(Map.of());
  }

  /** The same with other limits of boxes. */
  public static Lab ofItsOwn(Map<String, String> limits) {
    return create(limits);
  }

  private static Lab create(Map<String, String> further) {
    try {
      Lab lab = new Lab(further);
      // It closes twice without harm.
      Runtime.getRuntime().addShutdownHook(new Thread(lab::close));
      return lab;
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

  @Override
  public void close() {
    host.close();
    groups.close();
    Command.run(user.reaching(List.of("rm", "-rf", "--one-file-system", root.toString())));
    vault.close();
  }
}
