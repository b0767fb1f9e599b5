// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import java.time.Instant;
import java.util.Optional;

/**
 * That somebody has proved who they are, and from where.
 *
 * @param credential which key or account elsewhere it was, for instance a fingerprint; never a
 *     secret, empty where there is none
 * @param userAgent what the browser says of itself, at most 300 characters are kept
 * @param address as the gateway saw it
 * @param notAfter when the proof ends: no session outlives it
 */
public record Proof(
    Method method,
    String credential,
    String userAgent,
    String address,
    Optional<Instant> notAfter) {

  /** A proof that does not end by itself. */
  public static Proof of(Method method, String credential, String userAgent, String address) {
    return new Proof(method, credential, userAgent, address, Optional.empty());
  }
}
