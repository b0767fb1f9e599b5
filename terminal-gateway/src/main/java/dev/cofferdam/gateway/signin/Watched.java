// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import java.util.Set;
import java.util.UUID;

/** Something is open for sign-ins: auth-service is asked all the time whether they still hold. */
public interface Watched {
  /** Which. Does not block. */
  Set<UUID> signIns();
}
