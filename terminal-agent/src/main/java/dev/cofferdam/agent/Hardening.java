// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Makes this process unreadable to others: prctl(2) PR_SET_DUMPABLE 0. */
final class Hardening {
  private static final int PR_SET_DUMPABLE = 4;

  private Hardening() {}

  @SuppressWarnings("restricted") // the one native call of the agent's own
  static void notDumpable() {
    Linker linker = Linker.nativeLinker();
    // int prctl(int option, unsigned long arg2, unsigned long arg3, ...)
    MethodHandle prctl =
        linker.downcallHandle(
            linker.defaultLookup().find("prctl").orElseThrow(),
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
}
