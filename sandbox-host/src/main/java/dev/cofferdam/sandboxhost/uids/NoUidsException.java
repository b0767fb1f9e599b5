// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.uids;

/** There are no uids of its own for this workspace. */
public final class NoUidsException extends RuntimeException {
  NoUidsException(String message) {
    super(message);
  }
}
