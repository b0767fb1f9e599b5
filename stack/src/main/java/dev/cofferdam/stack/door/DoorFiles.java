// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.door;

import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The two files, as a tool like certbot keeps them: often links that it turns to new files.
 *
 * @param certificate the chain, as PEM
 * @param key for nobody but its owner
 */
record DoorFiles(Path certificate, Path key) {
  /** Together and in base64 they fit in the line that is handed over. */
  private static final int LARGEST_CERTIFICATE_BYTES = 24 * 1024;

  private static final int LARGEST_KEY_BYTES = 16 * 1024;
  private static final Set<PosixFilePermission> FOR_OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** Changes when one of the files does, or a link on the way to it; empty while one is missing. */
  Optional<String> stamp() {
    try {
      return Optional.of(stamp(certificate) + " " + stamp(key));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String stamp(Path file) throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    return file.toRealPath()
        + " "
        + now.fileKey()
        + " "
        + now.size()
        + " "
        + now.lastModifiedTime();
  }

  /**
   * @throws StartFailure if they are no pair that a server can show
   */
  DoorCertificate read() {
    requireForOwner();
    byte[] chain = bytes(certificate, LARGEST_CERTIFICATE_BYTES, "--tls-cert");
    byte[] secret = bytes(key, LARGEST_KEY_BYTES, "--tls-key");
    try {
      return DoorCertificate.of(this, chain, secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private void requireForOwner() {
    try {
      if (!FOR_OWNER.containsAll(Files.getPosixFilePermissions(key))) {
        throw new StartFailure("others may use the private key " + key + ": chmod 600 " + key);
      }
    } catch (IOException e) {
      throw unreadable(key, "--tls-key");
    }
  }

  private static byte[] bytes(Path file, int most, String option) {
    try {
      if (Files.size(file) > most) {
        throw new StartFailure(file + " is larger than " + most / 1024 + " KiB: see " + option);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, option);
    }
  }

  private static StartFailure unreadable(Path file, String option) {
    String why = Files.exists(file) ? " can't be read" : " is not there";
    return new StartFailure(file + why + ": name another with " + option);
  }
}
