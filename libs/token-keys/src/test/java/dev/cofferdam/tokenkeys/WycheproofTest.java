// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/**
 * Rule J1: known attacks on ES256 and JWS, from Project Wycheproof, against what verifies our
 * tokens.
 */
class WycheproofTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final Base64.Decoder BASE64 = Base64.getUrlDecoder();

  @Test
  void takesJustTheGoodSignatures() throws Exception {
    List<String[]> vectors = vectors("ecdsa-p256-sha256.csv", 6);
    assertThat(vectors).hasSize(262);
    for (String[] of : vectors) {
      PublicKey key = key(HEX.parseHex(of[2]), HEX.parseHex(of[3]));
      assertThat(verifies(HEX.parseHex(of[5]), key, HEX.parseHex(of[4])))
          .as("vector " + of[0])
          .isEqualTo(of[1].equals("valid"));
    }
  }

  @Test
  void takesJustTheGoodTexts() throws Exception {
    List<String[]> vectors = vectors("jws-es256.csv", 6);
    assertThat(vectors).hasSize(39);
    for (String[] of : vectors) {
      PublicKey key = key(BASE64.decode(of[3]), BASE64.decode(of[4]));
      assertThat(verifies(of[5], key))
          .as("vector " + of[0] + ": " + of[1])
          .isEqualTo(of[2].equals("valid"));
    }
  }

  /** The library alone takes shorter ones as well. */
  private static boolean verifies(byte[] signature, PublicKey key, byte[] message) {
    String text = "e30.e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    try {
      return VerifiedTokens.hasForm(text)
          && new EcdsaUsingShaAlgorithm.EcdsaP256UsingSha256()
              .verifySignature(signature, key, message, new ProviderContext());
    } catch (JoseException e) {
      return false;
    }
  }

  /** As {@link VerifiedTokens} does it before it looks at claims, of which these have none. */
  private static boolean verifies(String text, PublicKey key) {
    if (!VerifiedTokens.hasForm(text)) {
      return false;
    }
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmConstraints(
        new AlgorithmConstraints(
            ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256));
    try {
      signature.setCompactSerialization(text);
      signature.setKey(key);
      return signature.verifySignature();
    } catch (JoseException e) {
      return false;
    }
  }

  private static PublicKey key(byte[] x, byte[] y) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point = new ECPoint(new BigInteger(1, x), new BigInteger(1, y));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static List<String[]> vectors(String file, int columns) throws IOException {
    try (InputStream lines = WycheproofTest.class.getResourceAsStream("/wycheproof/" + file)) {
      assertThat(lines).as(file).isNotNull();
      return new String(lines.readAllBytes(), US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(",", columns))
          .toList();
    }
  }
}
