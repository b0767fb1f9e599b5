// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class PublishedKeysTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static void publish(ArrayNode keys, String id)
      throws GeneralSecurityException, JoseException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    JsonWebKey jwk =
        JsonWebKey.Factory.newJwk((ECPublicKey) generator.generateKeyPair().getPublic());
    jwk.setKeyId(id);
    keys.add(JSON.valueToTree(jwk.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)));
  }

  /** auth-service lists the newest first. */
  @Test
  void ofMoreKeysThanFitTheNewestAreKept() throws Exception {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode keys = answer.putArray("keys");
    int versions = PublishedKeys.MOST + 4;
    for (int version = versions; version > 0; version--) {
      publish(keys, "v" + version);
    }
    Map<String, Key> kept = PublishedKeys.read(answer);
    assertThat(kept).hasSize(PublishedKeys.MOST).containsKeys("v" + versions, "v5");
    assertThat(kept).doesNotContainKey("v4");
  }

  @Test
  void oneThatCanNotBeReadTakesNobodysPlace() throws Exception {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode keys = answer.putArray("keys");
    keys.addObject().put("kty", "EC").put("crv", "P-256").put("kid", "broken");
    publish(keys, "v1");
    assertThat(PublishedKeys.read(answer)).containsOnlyKeys("v1");
  }
}
