// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.passkey;

import java.util.List;

/**
 * PublicKeyCredentialCreationOptionsJSON of Web Authentication Level 3, section 5.1.
 *
 * @param id names the challenge when it is answered
 * @param timeout in milliseconds
 */
public record CreationOptions(
    String id,
    Party rp,
    User user,
    String challenge,
    List<Algorithm> pubKeyCredParams,
    long timeout,
    List<Known> excludeCredentials,
    Selection authenticatorSelection,
    String attestation) {

  public record Party(String id, String name) {}

  public record User(String id, String name, String displayName) {}

  /** {@code alg} is a number of COSE's registry. */
  public record Algorithm(String type, long alg) {}

  /** A credential that exists. */
  public record Known(String type, String id, List<String> transports) {}

  public record Selection(
      String residentKey, boolean requireResidentKey, String userVerification) {}
}
