// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import dev.cofferdam.ssh.MalformedSsh;
import dev.cofferdam.ssh.PublicKeyLine;
import dev.cofferdam.ssh.SshPublicKey;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whose user certificates are believed, read once at start. */
@Singleton
@Startup
public class Authorities {
  private final List<SshPublicKey> keys;

  Authorities(SshConfig config) {
    keys = config.authorities().map(Authorities::read).orElse(List.of());
  }

  List<SshPublicKey> keys() {
    return keys;
  }

  private static List<SshPublicKey> read(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> PublicKeyLine.parse(line).key())
          .toList();
    } catch (IOException | MalformedSsh e) {
      throw new ConfigurationException(
          "coffer.ssh.authorities: "
              + file
              + " has to be a file with one public key on a line; name one, or leave the setting"
              + " out ("
              + e.getMessage()
              + ")",
          e);
    }
  }
}
