// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What gocryptfs makes of a workspace's key, which is a password to it. It wipes that and the
 * master key, and works with two others: they are in its memory for as long as the tree is mounted,
 * while the rest is there only until its memory is used again.
 *
 * @see <a href="https://nuetzlich.net/gocryptfs/forward_mode_crypto/">gocryptfs's documentation</a>
 */
final class TreeKeys {
  private static final String CONTENT = "AES-GCM file content encryption";
  private static final String NAMES = "EME filename encryption";
  private static final int KEY_BYTES = 32;

  private TreeKeys() {}

  /**
   * Each of them, and the key that they are made of.
   *
   * @param workspace one that has been opened before
   */
  static Needles add(Needles needles, Coffer coffer, String workspace, byte[] key)
      throws IOException {
    byte[] master = master(coffer.data().resolve("sandbox/cipher").resolve(workspace), key);
    return needles
        .addKey(key)
        .addKey("master key", master)
        .addKey("content key", derived(master, CONTENT))
        .addKey("key of names", derived(master, NAMES));
  }

  private static byte[] master(Path cipher, byte[] key) throws IOException {
    Process xray =
        new ProcessBuilder(
                "gocryptfs-xray", "-dumpmasterkey", cipher.resolve("gocryptfs.conf").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream input = xray.getOutputStream()) {
      input.write((Base64.getEncoder().encodeToString(key) + "\n").getBytes(US_ASCII));
    }
    String said = new String(xray.getInputStream().readAllBytes(), UTF_8);
    byte[] master = HexFormat.of().parseHex(said.lines().reduce("", (first, last) -> last));
    assertThat(master).hasSize(KEY_BYTES);
    return master;
  }

  private static byte[] derived(byte[] master, String purpose) {
    try {
      HKDFParameterSpec how =
          HKDFParameterSpec.ofExtract()
              .addIKM(new SecretKeySpec(master, "HKDF"))
              .thenExpand(purpose.getBytes(US_ASCII), KEY_BYTES);
      return KDF.getInstance("HKDF-SHA256").deriveData(how);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
