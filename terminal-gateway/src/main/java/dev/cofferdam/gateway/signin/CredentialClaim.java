// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;

/**
 * What an access token says that somebody is signed in with (RFC 7519 section 3: the second of
 * three parts). Its signature is not looked at, so only for one that auth-service gave us.
 */
final class CredentialClaim {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CredentialClaim() {}

  /** Empty if the token does not say. */
  static String in(String bearer) {
    String[] parts = bearer.split("\\.", -1);
    if (parts.length != 3) {
      return "";
    }
    try {
      return JSON.readTree(Base64.getUrlDecoder().decode(parts[1])).path("cred").asText();
    } catch (IOException | IllegalArgumentException e) {
      return "";
    }
  }
}
