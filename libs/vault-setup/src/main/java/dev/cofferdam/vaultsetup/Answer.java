// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vaultsetup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cofferdam.secrets.SecretBytes;
import java.io.IOException;
import java.util.Arrays;

/** What Vault said; may hold secrets, so it is closed, which wipes it, and never printed. */
final class Answer implements AutoCloseable {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String request;
  private final int status;
  private final byte[] body;

  Answer(String request, int status, byte[] body) {
    this.request = request;
    this.status = status;
    this.body = body;
  }

  int status() {
    return status;
  }

  /**
   * @throws VaultRefused for anything but success
   */
  Answer require() {
    if (status != 200 && status != 204) {
      throw new VaultRefused("Vault answers " + request + " with status " + status);
    }
    return this;
  }

  /** For answers without secrets. */
  JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      // The message of a parser quotes what it read.
      throw new VaultRefused("Vault's answer to " + request + " is no JSON");
    }
  }

  /**
   * The bytes of a text member, cut out by hand: a JSON parser would leave copies in strings.
   *
   * @param before what stands in front of the text, for instance {@code "token":"}
   */
  SecretBytes secret(String before) {
    byte[] mark = before.getBytes(US_ASCII);
    int start = indexOf(mark, 0) + mark.length;
    int end = start;
    while (end < body.length && isOfSecrets(body[end])) {
      end++;
    }
    if (end == start || end == body.length || body[end] != '"' || occursFrom(mark, end)) {
      throw missing();
    }
    return SecretBytes.takeOwnership(Arrays.copyOfRange(body, start, end));
  }

  private boolean occursFrom(byte[] mark, int from) {
    for (int at = from; at + mark.length <= body.length; at++) {
      if (Arrays.equals(body, at, at + mark.length, mark, 0, mark.length)) {
        return true;
      }
    }
    return false;
  }

  private int indexOf(byte[] mark, int from) {
    for (int at = from; at + mark.length <= body.length; at++) {
      if (Arrays.equals(body, at, at + mark.length, mark, 0, mark.length)) {
        return at;
      }
    }
    throw missing();
  }

  private VaultRefused missing() {
    return new VaultRefused("Vault's answer to " + request + " lacks a member");
  }

  private static boolean isOfSecrets(byte c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || "+/=._-".indexOf(c) >= 0;
  }

  @Override
  public void close() {
    Arrays.fill(body, (byte) 0);
  }

  @Override
  public String toString() {
    return "Answer[" + request + ", " + status + ", " + body.length + " bytes]";
  }
}
