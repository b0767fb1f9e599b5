// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity;

import java.time.Duration;

/** Whoever can have a certificate made: Vault, asked with somebody's rights. */
public interface Signer {
  /**
   * The certificate, as PEM.
   *
   * @param request as PEM
   * @param life at most a day
   */
  String sign(PartName part, String request, Duration life);

  /** Called every few minutes for as long as certificates will be wanted. */
  default void stayKnown() {}
}
