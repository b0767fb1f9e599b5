// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;

/** What {@link AuthStandIn} gives for an access token: it looks like one, and nobody signed it. */
public final class StandInToken {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BEGIN = "e30.";
  private static final String END = ".c2ln";

  private StandInToken() {}

  /**
   * @param plain what the stand-ins of services read of it
   * @param credential what its person is signed in with
   */
  static String of(String plain, String credential) {
    try {
      byte[] claims = JSON.writeValueAsBytes(Map.of("plain", plain, "cred", credential));
      return BEGIN + Base64.getUrlEncoder().withoutPadding().encodeToString(claims) + END;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a header {@code Authorization}; what is no such token stays as it is. */
  static String plain(String authorization) {
    String shown = authorization.replaceFirst("^Bearer ", "");
    if (!shown.startsWith(BEGIN) || !shown.endsWith(END)) {
      return shown;
    }
    String claims = shown.substring(BEGIN.length(), shown.length() - END.length());
    try {
      return JSON.readTree(new String(Base64.getUrlDecoder().decode(claims), UTF_8))
          .path("plain")
          .asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
