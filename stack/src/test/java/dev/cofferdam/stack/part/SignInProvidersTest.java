// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.stack.process.StartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInProvidersTest {
  @TempDir Path folder;

  private Optional<Path> file(String text, String permissions) throws Exception {
    Path file = Files.writeString(folder.resolve("providers"), text);
    return Optional.of(
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions)));
  }

  @Test
  void withoutAFileNothingIsHandedOver() {
    assertThat(SignInProviders.handed(Optional.empty())).isEmpty();
  }

  @Test
  void theTextIsHandedOver() throws Exception {
    String handed =
        SignInProviders.handed(file("corp.kind = oidc\n", "rw-------"))
            .get("coffer.providers.handed");
    assertThat(new String(Base64.getUrlDecoder().decode(handed), UTF_8))
        .isEqualTo("corp.kind = oidc\n");
  }

  @Test
  void aFileThatOthersMayReadStopsTheStart() throws Exception {
    Optional<Path> open = file("corp.kind = oidc\n", "rw-r-----");
    assertThatThrownBy(() -> SignInProviders.handed(open))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aFileThatIsMissingOrTooLargeStopsTheStart() throws Exception {
    assertThatThrownBy(() -> SignInProviders.handed(Optional.of(folder.resolve("none"))))
        .hasMessageContaining("can't be read");
    Optional<Path> large = file("#".repeat(33 * 1024), "rw-------");
    assertThatThrownBy(() -> SignInProviders.handed(large)).hasMessageContaining("32 KiB");
  }
}
