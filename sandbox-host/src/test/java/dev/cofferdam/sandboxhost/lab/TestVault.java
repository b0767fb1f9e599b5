// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.testkit.BaoAdministrator;
import dev.cofferdam.testkit.BaoAdministrator.Answer;
import dev.cofferdam.testkit.BaoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;

/** A real Vault whose socket boxes can reach, and what workspace-service does with it, by hand. */
public final class TestVault implements AutoCloseable {
  private final BaoServer bao = BaoServer.start();
  private final BaoAdministrator administrator = bao.administrator();

  /** Makes {@code vault.sock} in this directory another name of Vault's socket. */
  TestVault(Path directory) throws IOException {
    Path socket = directory.resolve("vault.sock");
    Files.createLink(socket, bao.unixSocket());
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
  }

  public static String keyName(WorkspaceId workspace) {
    return "ws-" + workspace;
  }

  /** Makes a transit key of this name and a wrapped data key under it. */
  public String newWrappedKey(String keyName) {
    require(administrator.write("transit/keys/" + keyName, Map.of("type", "aes256-gcm96")));
    Answer made = require(administrator.write("transit/datakey/wrapped/" + keyName, Map.of()));
    return made.data().path("ciphertext").asText();
  }

  /** A single-use token for the decryption of this ciphertext. */
  public String wrap(String keyName, String ciphertext, Duration life) {
    return wrapped("transit/decrypt/" + keyName, Map.of("ciphertext", ciphertext), life);
  }

  /** A single-use token for the answer to any request. */
  public String wrapped(String path, Map<String, ?> body, Duration life) {
    Answer answer = administrator.write(path, body, "X-Vault-Wrap-TTL", life.toSeconds() + "s");
    return require(answer).json().at("/wrap_info/token").asText();
  }

  /** The key itself in base64: what only a sandbox may ever have; for canary searches. */
  public String plainKey(String keyName, String ciphertext) {
    Map<String, String> body = Map.of("ciphertext", ciphertext);
    return require(administrator.write("transit/decrypt/" + keyName, body))
        .data()
        .path("plaintext")
        .asText();
  }

  /** Takes what is wrapped, as a thief would. */
  public void steal(String wrappingToken) {
    require(administrator.as(wrappingToken).write("sys/wrapping/unwrap", Map.of()));
  }

  /** Whether the token's single use is still to come. */
  public boolean isUnspent(String wrappingToken) {
    Map<String, String> body = Map.of("token", wrappingToken);
    return administrator.write("sys/wrapping/lookup", body).status() == 200;
  }

  public BaoServer bao() {
    return bao;
  }

  private static Answer require(Answer answer) {
    if (answer.status() >= 300) {
      throw new AssertionError("Vault answered " + answer.status());
    }
    return answer;
  }

  @Override
  public void close() {
    bao.close();
  }
}
