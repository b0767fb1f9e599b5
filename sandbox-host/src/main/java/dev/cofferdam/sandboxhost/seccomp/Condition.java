// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.seccomp;

/**
 * A test of one argument of a system call: {@code argument & mask == value}, on all 64 bits.
 *
 * @param index which argument, 0..5
 * @param mask the bits that are looked at
 * @param value what they must be; within the mask
 */
record Condition(int index, long mask, long value) {
  Condition {
    if (index < 0 || index > 5) {
      throw new IllegalArgumentException("a system call has arguments 0..5, not " + index);
    }
    if ((value & ~mask) != 0) {
      throw new IllegalArgumentException("a value outside its mask never matches");
    }
  }
}
