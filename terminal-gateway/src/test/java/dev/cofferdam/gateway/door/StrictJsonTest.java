// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  private static final String BODY = "{\"name\":\"gr\u00fcn \ud83c\udf33\"}";
  private final ObjectMapper json = new ObjectMapper();

  @BeforeEach
  void customize() {
    new StrictJson().customize(json);
  }

  private String name(byte[] body) throws IOException {
    JsonNode read = json.readTree(new ByteArrayInputStream(body));
    assertThat(json.readTree(body)).isEqualTo(read);
    return read.path("name").asText();
  }

  @Test
  void takesUtf8() throws IOException {
    assertThat(name(BODY.getBytes(UTF_8))).isEqualTo("gr\u00fcn \ud83c\udf33");
  }

  @Test
  void takesNoOtherEncoding() {
    for (Charset other :
        List.of(
            UTF_16, UTF_16BE, UTF_16LE, Charset.forName("UTF-32BE"), Charset.forName("UTF-32LE"))) {
      isRefused(BODY.getBytes(other));
    }
  }

  /** An "a" in two and in three bytes, a quote in two, a surrogate, what is cut, past the last. */
  @ParameterizedTest
  @ValueSource(strings = {"c1a1", "e081a1", "c0a2", "eda080", "c3", "f5808080", "ff", "00"})
  void takesNoLetterThatIsNone(String bytes) {
    byte[] letter = HexFormat.of().parseHex(bytes);
    byte[] body = "{\"name\":\"a........\"}".getBytes(UTF_8);
    System.arraycopy(letter, 0, body, 10, letter.length);
    isRefused(body);
  }

  private void isRefused(byte[] body) {
    assertThatThrownBy(() -> json.readTree(new ByteArrayInputStream(body)))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> json.readTree(body))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("not UTF-8");
  }
}
