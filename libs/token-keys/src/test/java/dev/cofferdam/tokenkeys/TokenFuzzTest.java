// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.cofferdam.testkit.GuidedFuzz;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Guided changes to real tokens and to what they say, 20 seconds; {@code -Dcoffer.fuzz=PT1H} for
 * longer. A token may be refused as one and nothing else, and nothing is taken that auth-service
 * did not sign for the service that is asked.
 */
class TokenFuzzTest {
  private static final String HEADER =
      "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + FuzzedToken.KEY_ID + "\"}";
  private static final Path RULES =
      Path.of("../../session-service/src/main/resources/application.properties");

  @Test
  void takesNothingThatWasChanged() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    String claims = claims();
    GuidedFuzz.run(
        FuzzedToken.class,
        List.of(
            bytes(HEADER + "\n" + claims),
            bytes(SignedText.of(bytes(HEADER), bytes(claims), keys.getPrivate()))),
        Map.of(
            FuzzedToken.PUBLIC_KEY, base64(keys.getPublic()),
            FuzzedToken.PRIVATE_KEY, base64(keys.getPrivate()),
            FuzzedToken.RULES, RULES.toAbsolutePath().toString()));
  }

  /** Of one that lives longer than any run. */
  private static String claims() {
    long now = Instant.now().getEpochSecond();
    return """
        {"iss":"cofferdam","sub":"%s","aud":"session-service","sid":"%s","jti":"%s",\
        "role":"member","amr":["link"],"cred":"","quota":"1000 64 1125899906842624",\
        "iat":%d,"exp":%d}"""
        .formatted(
            UUID.randomUUID(),
            UUID.randomUUID(),
            UUID.randomUUID(),
            now,
            now + Duration.ofDays(1).toSeconds());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static String base64(Key key) {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }
}
