// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vault;

/** Good for taking one answer out of Vault, once; never printed, stored or logged. */
public record WrappingToken(String token, String creationPath) {
  @Override
  public String toString() {
    return "WrappingToken[" + creationPath + "]";
  }
}
