// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.passkey;

import java.util.List;

/**
 * PublicKeyCredentialRequestOptionsJSON of Web Authentication Level 3, section 5.1.
 *
 * @param id names the challenge when it is answered
 * @param timeout in milliseconds
 */
public record RequestOptions(
    String id,
    String challenge,
    long timeout,
    String rpId,
    List<CreationOptions.Known> allowCredentials,
    String userVerification) {}
