// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.installation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
  @TempDir Path folder;

  private Accounts accounts(String subuid, String subgid) throws IOException {
    Files.writeString(folder.resolve("subuid"), subuid);
    Files.writeString(folder.resolve("subgid"), subgid);
    return new Accounts(folder);
  }

  @Test
  void freeIdsAreBehindAllThatAreGivenAway() throws IOException {
    assertThat(accounts("ann:100000:65536\n", "").free("new"))
        .isEqualTo(new Accounts.Ids("new", 1_000_000_000, 1_000_524_288));
    assertThat(accounts("a:1000000000:524288\n", "b:1000524288:8\n").free("new").first())
        .isEqualTo(1_000_524_296);
  }

  @Test
  void whereNoneAreLeftItSaysSo() throws IOException {
    Accounts full = accounts("a:1000000000:3294900000\n", "");
    assertThatThrownBy(() -> full.free("new"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("no 524288 ids are left");
  }

  @Test
  void idsThatAnotherUserHasTooAreNobodysOwn() throws IOException {
    String ours = "ours:1000000000:524288\n";
    assertThatCode(() -> accounts(ours, ours).requireOwn("ours")).doesNotThrowAnyException();
    assertThatThrownBy(() -> accounts(ours, ours + "ann:1000524287:1\n").requireOwn("ours"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("ours and ann have ids in common");
    assertThatCode(() -> accounts(ours + "ann:1000524288:9\n", ours).requireOwn("ours"))
        .doesNotThrowAnyException();
  }

  @Test
  void aUserWithoutAnyStartsNoSandbox() throws IOException {
    assertThatThrownBy(() -> accounts("ours:1000000000:8\n", "").requireOwn("ours"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("has no ids of its own");
  }

  @Test
  void namesMayBeInAnyBytes() throws IOException {
    byte[] line =
        "j\u00f6rg:x:1000:1000:J\u00f6rg:/:/bin/sh\nann:x:1001:1::/:/bin/sh\n".getBytes(ISO_8859_1);
    Files.write(folder.resolve("passwd"), line);
    assertThat(new Accounts(folder).uidOf("ann")).hasValue(1001);
  }

  @Test
  void whatCannotBeReadIsSaid() throws IOException {
    Files.createDirectory(folder.resolve("passwd"));
    assertThatThrownBy(() -> new Accounts(folder).uidOf("ann"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(folder.resolve("passwd") + " can't be read");
  }

  @Test
  void aLineMayNameItsUserByNumber() throws IOException {
    Files.writeString(folder.resolve("passwd"), "ours:x:997:996::/:/bin/false\n");
    String lines = "ours:1000000000:8\n997:1000000000:8\n";
    assertThatCode(() -> accounts(lines, lines).requireOwn("ours")).doesNotThrowAnyException();
  }
}
