// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.secrets.SecretBytes;
import dev.cofferdam.stack.process.StartFailure;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonsUnsealKeyTest {
  private final InputStream keyboard = System.in;
  private final List<String> screen = new ArrayList<>();
  @TempDir Path temporary;

  @AfterEach
  void restoreKeyboard() {
    System.setIn(keyboard);
  }

  private PersonsUnsealKey key(boolean remember) {
    return new PersonsUnsealKey(
        OptionalInt.empty(), temporary.resolve("unseal-key"), mark(), remember, screen::add);
  }

  private SealMark mark() {
    return new SealMark(temporary.resolve("sealed"));
  }

  private void types(String text) {
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static Predicate<SecretBytes> only(String right) {
    return key -> key.equals(secret(right));
  }

  private static SecretBytes secret(String text) {
    return SecretBytes.takeOwnership(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void asksAgainAfterAWrongKey() {
    types("wrong\n right \nnever read\n");
    assertThat(key(false).find(only("right"))).isEqualTo(secret("right"));
    assertThat(screen).containsOnlyOnce("That is not the unseal key of this data.");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aWrongOneByDescriptorIsTheFirstOfThreeTries() throws Exception {
    Path line = Files.writeString(temporary.resolve("line"), "wrong");
    types("wrong too\nright\n");
    assertThat(findGiven(line, true)).isEqualTo(secret("right"));
    assertThat(screen).filteredOn(said -> said.contains("is not the unseal key")).hasSize(2);
    types("b\nc\nright\n");
    assertThatThrownBy(() -> findGiven(line, true)).hasMessageContaining("first start printed");
  }

  @Test
  void whereNobodyCanBeAskedAWrongOneByDescriptorIsTheEnd() throws Exception {
    Path line = Files.writeString(temporary.resolve("line"), "wrong");
    types("right\n");
    assertThatThrownBy(() -> findGiven(line, false))
        .hasMessageContaining("is not the unseal key")
        .hasMessageContaining("COFFER_UNSEAL_KEY");
  }

  /** By a descriptor of this process that is open for it. */
  private SecretBytes findGiven(Path line, boolean atTerminal) throws IOException {
    try (FileInputStream open = new FileInputStream(line.toFile());
        Stream<Path> mine = Files.list(Path.of("/proc/self/fd"))) {
      assertThat(open.getFD().valid()).isTrue();
      int descriptor =
          mine.filter(fd -> isSame(fd, line))
              .mapToInt(fd -> Integer.parseInt(fd.getFileName().toString()))
              .findFirst()
              .orElseThrow();
      return new PersonsUnsealKey(
              OptionalInt.of(descriptor),
              temporary.resolve("unseal-key"),
              mark(),
              false,
              screen::add,
              () -> atTerminal)
          .find(only("right"));
    }
  }

  private static boolean isSame(Path descriptor, Path file) {
    try {
      return Files.isSameFile(descriptor, file);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void givesUpAfterThreeTries() {
    types("a\nb\nc\nright\n");
    assertThatThrownBy(() -> key(false).find(only("right"))).isInstanceOf(StartFailure.class);
  }

  @Test
  void saysWhatToDoWhenNobodyIsThere() {
    types("");
    assertThatThrownBy(() -> key(false).find(only("right")))
        .hasMessageContaining("COFFER_UNSEAL_KEY");
  }

  @Test
  void keepsTheKeyOnlyWhenAskedAndForNobodyElse() throws IOException {
    types("right\n");
    key(true).find(only("right"));
    Path kept = temporary.resolve("unseal-key");
    assertThat(Files.readString(kept)).isEqualTo("right");
    assertThat(Files.getPosixFilePermissions(kept))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(key(false).find(only("right"))).isEqualTo(secret("right"));
  }

  @Test
  void asksAPersonWhereVaultWasSealedAlsoIfTheKeyIsRemembered() {
    types("right\nright\n");
    key(true).find(only("right"));
    mark().put();
    assertThat(key(false).find(only("right"))).isEqualTo(secret("right"));
    assertThat(screen).filteredOn(line -> line.contains("Unseal key")).hasSize(2);
    mark().remove();
    types("");
    assertThat(key(false).find(only("right"))).isEqualTo(secret("right"));
  }

  @Test
  void tellsAFreshKeyOnce() {
    key(false).tell(secret("fresh"));
    assertThat(screen).filteredOn(line -> line.contains("fresh")).hasSize(1);
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aKeyOfAFirstStartThatWasCutShortIsForgotten() {
    try (SecretBytes fresh = secret("fresh")) {
      key(true).tell(fresh);
    }
    assertThat(temporary).isNotEmptyDirectory();
    key(false).voidEarlier();
    assertThat(temporary).isEmptyDirectory();
    assertThat(screen.getLast()).contains("opens nothing");
  }
}
