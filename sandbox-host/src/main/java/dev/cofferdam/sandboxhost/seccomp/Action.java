// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.seccomp;

/** What the kernel does with a system call. Codes: seccomp(2), {@code linux/seccomp.h}. */
sealed interface Action {
  /** The action's number for libseccomp, with the error number in the lower 16 bits. */
  int code();

  /** The call is made. */
  record Allow() implements Action {
    @Override
    public int code() {
      return 0x7fff0000;
    }
  }

  /**
   * The call is not made and answers an error.
   *
   * @param number the errno, 1..4095
   */
  record Refuse(int number) implements Action {
    public Refuse {
      if (number < 1 || number > 4095) {
        throw new IllegalArgumentException("errno " + number + " is outside 1..4095");
      }
    }

    @Override
    public int code() {
      return 0x00050000 | number;
    }
  }
}
