// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import java.util.Arrays;

/** Bytes that don't change. */
final class Blob {
  private final byte[] bytes;

  private Blob(byte[] bytes) {
    this.bytes = bytes;
  }

  static Blob copyOf(byte[] bytes) {
    return new Blob(bytes.clone());
  }

  byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Blob blob && Arrays.equals(bytes, blob.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
