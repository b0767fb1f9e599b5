// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import dev.cofferdam.identity.WorkspaceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A workspace as workspace-service keeps it: an id and a wrapped key. */
public record TestWorkspace(Lab lab, WorkspaceId id, String wrappedKey) {
  /** A fresh single-use token for its key. */
  public String wrap() {
    return lab.vault().wrap(TestVault.keyName(id), wrappedKey, Duration.ofSeconds(60));
  }

  public String plainKey() {
    return lab.vault().plainKey(TestVault.keyName(id), wrappedKey);
  }

  public Path cipher() {
    return lab.host().cipher().resolve(id.toString());
  }

  /** Every byte that lies on the disk of it, with names. */
  public byte[] onDisk() {
    return Command.bytes(reaching("tar", "-C", cipher().toString(), "-cf", "-", "."));
  }

  /** Does something to its ciphertext that only root or a thief could. */
  public String tamper(String... command) {
    return Command.require(reaching(command));
  }

  private List<String> reaching(String... command) {
    return lab.user().reaching(List.of(command));
  }

  /** Starts a box; nothing is opened in it. */
  public TestBox start() {
    return new TestBox(this, lab.client().start(id));
  }

  /** Starts a box and opens it. */
  public TestBox open() {
    TestBox box = start();
    box.open();
    return box;
  }
}
