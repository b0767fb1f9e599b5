// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import dev.cofferdam.secrets.SecretBytes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What parts prove themselves with to each other in this start: 256 random bits each, in memory
 * only (ADR 0004).
 */
public final class Credentials {
  private static final int BYTES = 32;

  private final Map<String, SecretBytes> made = new ConcurrentHashMap<>();

  /**
   * The credential by which {@code caller} is known to {@code part}; the same for a whole start.
   */
  public String between(String caller, String part) {
    return of(caller + ">" + part);
  }

  private String of(String purpose) {
    return made.computeIfAbsent(purpose, p -> SecretBytes.random(BYTES)).toBase64Url();
  }
}
