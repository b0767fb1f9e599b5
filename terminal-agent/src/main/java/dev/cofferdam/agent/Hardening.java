// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.function.IntConsumer;

/** What the agent asks of the kernel itself; functions of the C library. */
final class Hardening {
  private static final int PR_SET_DUMPABLE = 4;

  private Hardening() {}

  /** Makes this process unreadable to others: prctl(2) PR_SET_DUMPABLE 0. */
  static void notDumpable() {
    // int prctl(int option, unsigned long arg2, unsigned long arg3, ...)
    MethodHandle prctl =
        function(
            "prctl",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG));
    try {
      int result = (int) prctl.invokeExact(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
      if (result != 0) {
        throw new IllegalStateException("prctl answered " + result);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("prctl failed", e);
    }
  }

  /**
   * Looked up at the start and kept: ends this process at once, _exit(2). {@link Runtime#halt}
   * first waits up to 300 ms for threads that are inside system calls, with the key in memory.
   */
  static IntConsumer immediateExit() {
    // void _exit(int status)
    MethodHandle exit = function("_exit", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
    return status -> {
      try {
        exit.invokeExact(status);
      } catch (Throwable e) {
        Runtime.getRuntime().halt(status);
      }
    };
  }

  @SuppressWarnings("restricted") // with notDumpable the only native calls of the agent's own
  private static MethodHandle function(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
  }
}
