// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Runs a seccomp program as the kernel would: classic BPF over {@code struct seccomp_data}, the
 * subset that seccomp(2) admits.
 */
final class FilterInterpreter {
  static final int X86_64 = 0xc000003e;
  static final int I386 = 0x40000003;

  private final ByteBuffer program;

  FilterInterpreter(byte[] program) {
    this.program = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What the filter answers for a call: a SECCOMP_RET_ value. */
  int run(int architecture, int number, long... arguments) {
    ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(0, number).putInt(4, architecture);
    for (int i = 0; i < arguments.length; i++) {
      data.putLong(16 + 8 * i, arguments[i]);
    }
    return execute(data);
  }

  private int execute(ByteBuffer data) {
    int a = 0;
    int at = 0;
    while (true) {
      int code = program.getShort(at * 8) & 0xffff;
      int ifTrue = program.get(at * 8 + 2) & 0xff;
      int ifFalse = program.get(at * 8 + 3) & 0xff;
      int k = program.getInt(at * 8 + 4);
      at++;
      switch (code) {
        case 0x20 -> a = data.getInt(k); // LD W ABS
        case 0x54 -> a &= k; // ALU AND K
        case 0x05 -> at += k; // JMP JA
        case 0x15 -> at += a == k ? ifTrue : ifFalse; // JEQ
        case 0x25 -> at += Integer.compareUnsigned(a, k) > 0 ? ifTrue : ifFalse; // JGT
        case 0x35 -> at += Integer.compareUnsigned(a, k) >= 0 ? ifTrue : ifFalse; // JGE
        case 0x06 -> {
          return k; // RET K
        }
        default -> throw new IllegalStateException("opcode " + Integer.toHexString(code));
      }
    }
  }
}
