// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.handover;

/** The part was started without what it needs and must not run. Never holds what was read. */
public final class HandoverException extends RuntimeException {
  HandoverException(String message) {
    super(message);
  }
}
