// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicOriginTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://coffer.example",
        "http://127.0.0.1:8484",
        "http://localhost.example",
        "https://coffer.example/",
        "ftp://coffer.example"
      })
  void anythingButHttpsIsForLocalhostAlone(String origin) {
    assertThatThrownBy(() -> new PublicOrigin(URI.create(origin)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("coffer.public.origin");
  }

  @Test
  void itsSocketsAreAsSafeAsItsPages() {
    assertThat(new PublicOrigin(URI.create("https://Coffer.Example")).socketOrigin())
        .isEqualTo("wss://coffer.example");
    assertThat(new PublicOrigin(URI.create("http://localhost:1")).socketOrigin())
        .isEqualTo("ws://localhost:1");
  }
}
