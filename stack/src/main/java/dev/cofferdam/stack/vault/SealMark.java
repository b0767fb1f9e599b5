// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.vault;

import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * That somebody has sealed Vault: a file, so that the next start asks a person for the unseal key,
 * also where it is remembered.
 */
public record SealMark(Path file) {

  public boolean isThere() {
    return Files.exists(file);
  }

  void put() {
    try {
      Files.writeString(file, "Vault was sealed: the next start asks for the unseal key.\n");
    } catch (IOException e) {
      throw new StartFailure("it can't be kept in " + file + " that Vault is sealed", e);
    }
  }

  /** If that can't be done the next start asks a person, which does no harm. */
  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      return;
    }
  }
}
