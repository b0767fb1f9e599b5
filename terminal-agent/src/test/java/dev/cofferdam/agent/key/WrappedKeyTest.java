// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.secrets.OffHeapSecret;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a Vault that answers what it is told; the real one is met in boxes. */
class WrappedKeyTest {
  private static final String KEY = "A".repeat(43) + "=";

  @TempDir private Path directory;
  private final WorkspaceId workspace = WorkspaceId.random();

  private WrappedKey vaultThatAnswers(String... answers) throws IOException {
    Path socket = directory.resolve("vault.sock");
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofPlatform().daemon().start(() -> serve(server, List.of(answers)));
    return new WrappedKey(socket);
  }

  private static void serve(ServerSocketChannel server, List<String> answers) {
    try (server) {
      for (String answer : answers) {
        try (SocketChannel channel = server.accept()) {
          channel.read(ByteBuffer.allocate(4096));
          channel.write(ByteBuffer.wrap(answer.getBytes(US_ASCII)));
        }
      }
    } catch (IOException e) {
      return; // the test sees an end of the stream
    }
  }

  private static String http(int status, String body) {
    return "HTTP/1.0 " + status + " X\r\nContent-Type: application/json\r\n\r\n" + body;
  }

  private String ours() {
    return http(200, "{\"data\":{\"creation_path\":\"transit/decrypt/ws-" + workspace + "\"}}");
  }

  @Test
  void takesTheKey() throws Exception {
    WrappedKey vault =
        vaultThatAnswers(ours(), http(200, "{\"data\":{\"plaintext\":\"" + KEY + "\"}}"));

    try (OffHeapSecret key = vault.take("hvs.once", workspace)) {
      StringBuilder read = new StringBuilder();
      for (int i = 0; i < key.lengthBytes(); i++) {
        read.append((char) key.at(i));
      }
      assertThat(read).hasToString(KEY);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, token-spent",
    "403, token-spent",
    "404, token-spent",
    "429, vault-refused",
    "500, vault-refused",
    "503, vault-sealed"
  })
  void tellsTheftFromTrouble(int status, String slug) throws IOException {
    assertThat(refusal(vaultThatAnswers(http(status, "{}")))).isEqualTo(slug);
  }

  @ParameterizedTest
  @CsvSource({
    "400, token-spent",
    "500, vault-refused",
  })
  void tellsTheftFromTroubleAtTheUnwrappingToo(int status, String slug) throws IOException {
    assertThat(refusal(vaultThatAnswers(ours(), http(status, "{}")))).isEqualTo(slug);
  }

  @Test
  void refusesWhatIsNoKey() throws IOException {
    for (String body : new String[] {"{}", "{\"plaintext\":\"AAAA\"}", "{\"plaintext\":\"" + KEY}) {
      assertThat(refusal(vaultThatAnswers(ours(), http(200, body)))).isEqualTo("vault-refused");
      directory.resolve("vault.sock").toFile().delete();
    }
  }

  @Test
  void refusesATokenMadeElsewhere() throws IOException {
    String other = http(200, "{\"data\":{\"creation_path\":\"sys/wrapping/wrap\"}}");
    assertThat(refusal(vaultThatAnswers(other))).isEqualTo("token-foreign");
  }

  @Test
  void saysWhenVaultIsNotThereOrSpeaksNoHttp() throws IOException {
    assertThat(refusal(new WrappedKey(directory.resolve("none")))).isEqualTo("vault-unreachable");
    assertThat(refusal(vaultThatAnswers("SSH-2.0\r\n\r\n"))).isEqualTo("vault-unreachable");
  }

  @Test
  void waitsNotForEverForAVaultThatTakesARequestAndGivesNoAnswer() throws IOException {
    Path socket = directory.resolve("vault.sock");
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(socket));
      assertThat(refusal(new WrappedKey(socket))).isEqualTo("vault-unreachable");
    }
  }

  private String refusal(WrappedKey vault) {
    return catchThrowableOfType(KeyRefused.class, () -> vault.take("hvs.once", workspace)).slug();
  }
}
