// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vaultsetup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.secrets.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The supervisor's secret id: HKDF-SHA256 (RFC 5869) of the unseal key's bytes, without salt, 32
 * bytes, written in base64url. Whoever holds the unseal key can make it, nobody else.
 */
final class SupervisorSecret {
  private static final byte[] INFO = "cofferdam supervisor secret-id v1".getBytes(US_ASCII);
  private static final int LENGTH_BYTES = 32;

  private SupervisorSecret() {}

  /**
   * @throws IllegalArgumentException if the key is not base64
   */
  static SecretBytes of(SecretBytes unsealKey) {
    byte[] key = unsealKey.map(text -> Base64.getDecoder().decode(text));
    byte[] derived = new byte[0];
    try {
      derived =
          KDF.getInstance("HKDF-SHA256")
              .deriveData(HKDFParameterSpec.ofExtract().addIKM(key).thenExpand(INFO, LENGTH_BYTES));
      return SecretBytes.takeOwnership(Base64.getUrlEncoder().withoutPadding().encode(derived));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("JDK 25 has HKDF-SHA256", e);
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(derived, (byte) 0);
    }
  }
}
