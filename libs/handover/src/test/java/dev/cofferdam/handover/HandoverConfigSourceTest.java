// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;

class HandoverConfigSourceTest {

  @Test
  void isFoundByTheConfigurationSystem() {
    assertThat(ServiceLoader.load(ConfigSource.class))
        .hasAtLeastOneElementOfType(HandoverConfigSource.class);
  }

  @Test
  void standsAboveSystemProperties() {
    assertThat(new HandoverConfigSource(() -> Map.of("a", "b")))
        .returns("b", source -> source.getValue("a"))
        .returns(null, source -> source.getValue("c"))
        .returns(500, ConfigSource::getOrdinal);
  }

  @Test
  void isSilentUnlessSwitchedOn() {
    assertThat(new HandoverConfigSource().getPropertyNames()).isEmpty();
  }

  @Test
  void readsStandardInputOncePerProcess() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dcoffer.handover=stdin",
                "-cp",
                System.getProperty("java.class.path"),
                ReadsTwice.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write((HandoverLine.write(Map.of("key", "handed over")) + "\n").getBytes());
    }

    List<String> lines = process.inputReader().lines().toList();

    assertThat(lines).containsExactly("handed over", "handed over");
  }

  /** The other process. */
  static final class ReadsTwice {
    public static void main(String[] args) {
      System.out.println(new HandoverConfigSource().getValue("key"));
      System.out.println(new HandoverConfigSource().getValue("key"));
    }
  }
}
