// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.cofferdam.agent.key.VaultSocket.Answer;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.secrets.SecretBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

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
   *     vault-unreachable} or {@code vault-refused}
   */
  public SecretBytes take(String token, WorkspaceId workspace) throws KeyRefused {
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
    Answer answer = vault.post("/v1/sys/wrapping/lookup", "", "{\"token\":\"" + token + "\"}");
    requireGood(answer);
    if (!creationPath(answer.body()).equals("transit/decrypt/ws-" + workspace)) {
      throw new KeyRefused("token-foreign", "the wrapping token is not of this workspace's key");
    }
  }

  private SecretBytes unwrap(String token) throws IOException, KeyRefused {
    Answer answer = vault.post("/v1/sys/wrapping/unwrap", token, "{}");
    try {
      requireGood(answer);
      return plaintext(answer.body());
    } finally {
      answer.wipe();
    }
  }

  /** Only a refusal of the token itself may look like theft; Vault in trouble must not. */
  private static void requireGood(Answer answer) throws KeyRefused {
    switch (answer.status()) {
      case 200 -> {}
      case 400, 403, 404 ->
          throw new KeyRefused("token-spent", "the wrapping token was used before or has expired");
      case 503 -> throw new KeyRefused("vault-unreachable", "Vault is sealed");
      default -> throw new KeyRefused("vault-refused", "Vault answered " + answer.status());
    }
  }

  private static String creationPath(byte[] json) throws IOException {
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
  private static SecretBytes plaintext(byte[] json) throws KeyRefused {
    for (int at = 0; at + FIELD.length < json.length; at++) {
      if (Arrays.equals(json, at, at + FIELD.length, FIELD, 0, FIELD.length)) {
        return base64From(json, at + FIELD.length);
      }
    }
    throw new KeyRefused("vault-refused", "Vault's answer has no key in it");
  }

  private static SecretBytes base64From(byte[] json, int start) throws KeyRefused {
    int end = start;
    while (end < json.length && isBase64(json[end])) {
      end++;
    }
    if (end - start < 40 || end == json.length || json[end] != '"') {
      throw new KeyRefused("vault-refused", "Vault's answer has no whole key in it");
    }
    return SecretBytes.takeOwnership(Arrays.copyOfRange(json, start, end));
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
