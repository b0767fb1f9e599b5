// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.stack.process.StartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsFileTest {
  @TempDir Path folder;

  private Optional<Path> file(String text, String permissions) throws Exception {
    Path file = Files.writeString(folder.resolve("alerts"), text);
    return Optional.of(
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions)));
  }

  @Test
  void withoutAFileNothingIsHandedOver() {
    assertThat(AlertsFile.handed(Optional.empty())).isEmpty();
  }

  @Test
  void eachLineIsASettingOfSessionService() throws Exception {
    Optional<Path> file =
        file("# ours\nwebhook-url = https://alerts.example/a?b=c\nmany-refusals=7 \n", "rw-------");
    assertThat(AlertsFile.handed(file))
        .isEqualTo(
            Map.of(
                "coffer.alerts.webhook-url",
                "https://alerts.example/a?b=c",
                "coffer.alerts.many-refusals",
                "7"));
  }

  @Test
  void whatIsNotKnownOrOthersMayReadStopsTheStart() throws Exception {
    Optional<Path> unknown = file("webhook-uri = https://alerts.example/\n", "rw-------");
    assertThatThrownBy(() -> AlertsFile.handed(unknown))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("webhook-uri")
        .hasMessageContaining("webhook-url");
    Optional<Path> open = file("many-refusals = 7\n", "rw-r--r--");
    assertThatThrownBy(() -> AlertsFile.handed(open)).hasMessageContaining("chmod 600");
    Optional<Path> broken = file("many-refusals = \\u00zz\n", "rw-------");
    assertThatThrownBy(() -> AlertsFile.handed(broken)).hasMessageContaining("no key = value");
  }
}
