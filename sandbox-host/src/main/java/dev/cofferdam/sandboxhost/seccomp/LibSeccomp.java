// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.seccomp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions of libseccomp (2.5 or newer) that a filter needs. Signatures: {@code seccomp.h}
 * (https://github.com/seccomp/libseccomp/blob/v2.5.4/include/seccomp.h.in).
 */
@SuppressWarnings("restricted") // native access is what this class is for
final class LibSeccomp {
  static final int ATTRIBUTE_BAD_ARCH_ACTION = 2;
  static final int ATTRIBUTE_OPTIMISE = 8;
  static final int ARCH_X86_64 = 0xc000003e;
  static final int KILL_PROCESS = 0x80000000;

  private final MethodHandle init;
  private final MethodHandle release;
  private final MethodHandle attrSet;
  private final MethodHandle resolve;
  private final MethodHandle ruleAdd;
  private final MethodHandle exportBpf;
  private final MethodHandle creat;
  private final MethodHandle close;

  private LibSeccomp(SymbolLookup library) {
    Linker linker = Linker.nativeLinker();
    SymbolLookup libc = linker.defaultLookup();
    // scmp_filter_ctx seccomp_init(uint32_t def_action)
    init = bind(linker, library, "seccomp_init", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    // void seccomp_release(scmp_filter_ctx ctx)
    release = bind(linker, library, "seccomp_release", FunctionDescriptor.ofVoid(ADDRESS));
    // int seccomp_attr_set(scmp_filter_ctx ctx, enum scmp_filter_attr attr, uint32_t value)
    attrSet = bind(linker, library, "seccomp_attr_set", ints(ADDRESS, JAVA_INT, JAVA_INT));
    // int seccomp_syscall_resolve_name_arch(uint32_t arch_token, const char *name)
    resolve = bind(linker, library, "seccomp_syscall_resolve_name_arch", ints(JAVA_INT, ADDRESS));
    // int seccomp_rule_add_array(scmp_filter_ctx ctx, uint32_t action, int syscall,
    //   unsigned int arg_cnt, const struct scmp_arg_cmp *arg_array)
    ruleAdd =
        bind(
            linker,
            library,
            "seccomp_rule_add_array",
            ints(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    // int seccomp_export_bpf(const scmp_filter_ctx ctx, int fd)
    exportBpf = bind(linker, library, "seccomp_export_bpf", ints(ADDRESS, JAVA_INT));
    // int creat(const char *path, mode_t mode); int close(int fd)
    creat = bind(linker, libc, "creat", ints(ADDRESS, JAVA_INT));
    close = bind(linker, libc, "close", ints(JAVA_INT));
  }

  static LibSeccomp load() {
    try {
      return new LibSeccomp(SymbolLookup.libraryLookup("libseccomp.so.2", Arena.global()));
    } catch (IllegalArgumentException e) {
      throw new SeccompException("libseccomp.so.2 is not installed (package libseccomp2)", e);
    }
  }

  MemorySegment init(int defaultAction) {
    MemorySegment context =
        (MemorySegment) call(() -> (MemorySegment) init.invokeExact(defaultAction));
    if (context.address() == 0) {
      throw new SeccompException("seccomp_init failed");
    }
    return context;
  }

  void release(MemorySegment context) {
    call(
        () -> {
          release.invokeExact(context);
          return 0;
        });
  }

  void setAttribute(MemorySegment context, int attribute, int value) {
    check("seccomp_attr_set", () -> (int) attrSet.invokeExact(context, attribute, value));
  }

  /** The call's number, or a negative number if this machine has no such call. */
  int resolve(MemorySegment name) {
    return (int) call(() -> (int) resolve.invokeExact(ARCH_X86_64, name));
  }

  void addRule(MemorySegment context, int action, int call, int count, MemorySegment conditions) {
    check(
        "seccomp_rule_add_array",
        () -> (int) ruleAdd.invokeExact(context, action, call, count, conditions));
  }

  /** Writes the program to a new file at this path (a C string). */
  void export(MemorySegment context, MemorySegment path) {
    int file = (int) call(() -> (int) creat.invokeExact(path, 0600));
    if (file < 0) {
      throw new SeccompException("can't create the filter's file");
    }
    try {
      check("seccomp_export_bpf", () -> (int) exportBpf.invokeExact(context, file));
    } finally {
      check("close", () -> (int) close.invokeExact(file));
    }
  }

  private interface NativeCall {
    Object run() throws Throwable;
  }

  private static Object call(NativeCall body) {
    try {
      return body.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new SeccompException("a native call failed", e);
    }
  }

  private static void check(String name, NativeCall body) {
    int result = (int) call(body);
    if (result < 0) {
      throw new SeccompException(name + " answered " + result);
    }
  }

  private static FunctionDescriptor ints(MemoryLayout... arguments) {
    return FunctionDescriptor.of(JAVA_INT, arguments);
  }

  private static MethodHandle bind(
      Linker linker, SymbolLookup library, String name, FunctionDescriptor signature) {
    MemorySegment symbol =
        library.find(name).orElseThrow(() -> new SeccompException("no symbol " + name));
    return linker.downcallHandle(symbol, signature);
  }
}
