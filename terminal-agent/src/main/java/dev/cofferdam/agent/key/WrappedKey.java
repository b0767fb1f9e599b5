// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.cofferdam.agent.key.VaultSocket.Answer;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.secrets.OffHeapSecret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Turns a single-use wrapping token into the workspace's key: look-up first, then unwrap
 * (https://openbao.org/docs/concepts/response-wrapping/).
 */
public final class WrappedKey {
  private static final byte[] FIELD = "\"plaintext\":\"".getBytes(US_ASCII);

  private final VaultSocket vault;

  public WrappedKey(Path vaultSocket) {
    vault = new VaultSocket(vaultSocket);
  }

  /**
   * The key in base64, as Vault writes it: some 44 ASCII bytes. The caller wipes it.
   *
   * @throws KeyRefused with slug {@code token-spent}, {@code token-foreign}, {@code
   *     vault-unreachable}, {@code vault-sealed} or {@code vault-refused}
   */
  public OffHeapSecret take(String token, WorkspaceId workspace) throws KeyRefused {
    if (!token.matches("[A-Za-z0-9._-]{1,256}")) {
      throw new KeyRefused("token-foreign", "not a wrapping token");
    }
    try {
      requireOurs(token, workspace);
      return unwrap(token);
    } catch (IOException e) {
      throw new KeyRefused("vault-unreachable", "Vault can't be reached: " + e.getMessage(), e);
    }
  }

  private void requireOurs(String token, WorkspaceId workspace) throws IOException, KeyRefused {
    String lookup = "{\"token\":\"" + token + "\"}";
    try (Answer answer = vault.post("/v1/sys/wrapping/lookup", "", lookup)) {
      requireGood(answer);
      if (!creationPath(answer).equals("transit/decrypt/ws-" + workspace)) {
        throw new KeyRefused("token-foreign", "the wrapping token is not of this workspace's key");
      }
    }
  }

  private OffHeapSecret unwrap(String token) throws IOException, KeyRefused {
    try (Answer answer = vault.post("/v1/sys/wrapping/unwrap", token, "{}")) {
      requireGood(answer);
      return plaintext(answer);
    }
  }

  /** Only a refusal of the token itself may look like theft; Vault in trouble must not. */
  private static void requireGood(Answer answer) throws KeyRefused {
    switch (answer.status()) {
      case 200 -> {}
      case 400, 403, 404 ->
          throw new KeyRefused("token-spent", "the wrapping token was used before or has expired");
      case 503 -> throw new KeyRefused("vault-sealed", "Vault is sealed");
      default -> throw new KeyRefused("vault-refused", "Vault answered " + answer.status());
    }
  }

  /** Of a look-up, whose answer holds no secret and may enter the heap. */
  private static String creationPath(Answer answer) throws IOException {
    byte[] json = new byte[answer.whole().limit() - answer.bodyAt()];
    answer.whole().get(answer.bodyAt(), json);
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if ("creation_path".equals(parser.currentName()) && token.isScalarValue()) {
          return parser.getText();
        }
      }
    }
    return "";
  }

  /** Cut out by hand: a JSON parser would leave copies in strings and pooled buffers. */
  private static OffHeapSecret plaintext(Answer answer) throws KeyRefused {
    ByteBuffer json = answer.whole();
    for (int at = answer.bodyAt(); at + FIELD.length < json.limit(); at++) {
      if (isFieldAt(json, at)) {
        return base64From(json, at + FIELD.length);
      }
    }
    throw new KeyRefused("vault-refused", "Vault's answer has no key in it");
  }

  private static boolean isFieldAt(ByteBuffer json, int at) {
    for (int i = 0; i < FIELD.length; i++) {
      if (json.get(at + i) != FIELD[i]) {
        return false;
      }
    }
    return true;
  }

  private static OffHeapSecret base64From(ByteBuffer json, int start) throws KeyRefused {
    int end = start;
    while (end < json.limit() && isBase64(json.get(end))) {
      end++;
    }
    if (end - start < 40 || end == json.limit() || json.get(end) != '"') {
      throw new KeyRefused("vault-refused", "Vault's answer has no whole key in it");
    }
    return OffHeapSecret.copyOf(json, start, end - start);
  }

  private static boolean isBase64(byte c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '=';
  }
}
