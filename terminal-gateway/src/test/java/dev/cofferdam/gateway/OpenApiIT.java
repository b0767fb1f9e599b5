// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.gateway.stage.Stage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stage.class)
class OpenApiIT {
  @Test
  void isTheOneThatIsCheckedIn() throws IOException {
    assertThat(Files.readString(Path.of("openapi.yaml")))
        .as("openapi.yaml; if the change is meant, copy target/openapi/openapi.yaml over it")
        .isEqualTo(Files.readString(Path.of("target/openapi/openapi.yaml")));
  }
}
