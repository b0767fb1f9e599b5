// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** What the agent asks of the kernel itself; functions of the C library. */
public final class Kernel {
  private static final int PR_SET_DUMPABLE = 4;
  private static final int LONGEST_PATH = 4096;
  private static final int MNT_FORCE_AND_DETACH = 1 | 2;

  /** MS_REMOUNT, and as bubblewrap mounted it: MS_NOSUID and MS_NOEXEC. */
  private static final long MS_REMOUNT_SAFELY = 32 | 2 | 8;

  /** Looked up once, at the start: when it is needed there may be no time. */
  private static final MethodHandle UMOUNT2 =
      // int umount2(const char *target, int flags)
      function(
          "umount2",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));

  private static final MethodHandle KILL =
      // int kill(pid_t pid, int sig)
      function(
          "kill",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private static final int SIGHUP = 1;

  private static final MethodHandle SIGNAL =
      // sighandler_t signal(int signum, sighandler_t handler)
      function(
          "signal",
          FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

  private static final MethodHandle READLINK =
      // ssize_t readlink(const char *path, char *buf, size_t bufsiz)
      function(
          "readlink",
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG));

  private static final MethodHandle MEMMEM =
      // void *memmem(const void *haystack, size_t, const void *needle, size_t)
      function(
          "memmem",
          FunctionDescriptor.of(
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG));

  private static final MethodHandle MEMCHR =
      // void *memchr(const void *s, int c, size_t n)
      function(
          "memchr",
          FunctionDescriptor.of(
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG),
          Linker.Option.critical(false));

  private static final MethodHandle PRLIMIT =
      // int prlimit(pid_t pid, int resource, const struct rlimit *new, struct rlimit *old)
      function(
          "prlimit",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS));

  private static final int RLIMIT_FSIZE = 1;

  private Kernel() {}

  /** Makes this process unreadable to others: prctl(2) PR_SET_DUMPABLE 0. */
  public static void notDumpable() {
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
   * Ends a mount whoever uses it, umount2(2) MNT_FORCE: every request that waits for a FUSE server
   * is answered with an error. Without that a server that is killed while it waits for itself never
   * ends, and its memory stays.
   *
   * @return whether the kernel did so
   */
  @SuppressWarnings("restricted")
  public static boolean endMount(Path mountPoint) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) UMOUNT2.invokeExact(arena.allocateFrom(mountPoint + ""), MNT_FORCE_AND_DETACH)
          == 0;
    } catch (Throwable e) {
      return false;
    }
  }

  /**
   * Hangups end this process and whatever it starts, signal(2) SIG_DFL. A supervisor that was told
   * to outlive its terminal ignores them, which every process below it inherits: and what is
   * ignored at its start a shell can't even trap (POSIX, {@code trap}).
   */
  public static void hearHangups() {
    try {
      MemorySegment before = (MemorySegment) SIGNAL.invokeExact(SIGHUP, MemorySegment.NULL);
      assert before != null;
    } catch (Throwable e) {
      throw new IllegalStateException("signal failed", e);
    }
  }

  /**
   * Lets this box have so many terminals at once, devpts(5). Without that one box could take all
   * that there are on the host.
   */
  public static void boundTerminals(int most) {
    // int mount(const char *source, const char *target, const char *type, unsigned long flags,
    // const void *data)
    MethodHandle mount =
        function(
            "mount",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment type = arena.allocateFrom("devpts");
      MemorySegment options = arena.allocateFrom("mode=620,ptmxmode=666,max=" + most);
      int result =
          (int)
              mount.invokeExact(
                  type, arena.allocateFrom("/dev/pts"), type, MS_REMOUNT_SAFELY, options);
      if (result != 0) {
        throw new IllegalStateException("mount answered " + result);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("mount failed", e);
    }
  }

  /** Sends a signal, kill(2); whether there was somebody to hear it. */
  public static boolean signal(int pid, int signal) {
    try {
      return (int) KILL.invokeExact(pid, signal) == 0;
    } catch (Throwable e) {
      return false;
    }
  }

  /**
   * Whether a process may write to files, by the soft limit of their size: none, or the hard one.
   * It gets SIGXFSZ for each try, and EFBIG.
   *
   * @return whether the kernel did so
   */
  public static boolean mayWrite(long pid, boolean may) {
    try (Arena arena = Arena.ofConfined()) {
      // struct rlimit { rlim_t rlim_cur, rlim_max; }
      MemorySegment limit = arena.allocate(2 * Long.BYTES, Long.BYTES);
      if ((int) PRLIMIT.invokeExact((int) pid, RLIMIT_FSIZE, MemorySegment.NULL, limit) != 0) {
        return false;
      }
      limit.setAtIndex(
          ValueLayout.JAVA_LONG, 0, may ? limit.getAtIndex(ValueLayout.JAVA_LONG, 1) : 0);
      return (int) PRLIMIT.invokeExact((int) pid, RLIMIT_FSIZE, limit, MemorySegment.NULL) == 0;
    } catch (Throwable e) {
      return false;
    }
  }

  /**
   * Where a symbolic link leads, as bytes: the JVM's names lose those that are no text.
   *
   * @throws IOException if it is none, or can't be read
   */
  public static byte[] readLink(String path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(LONGEST_PATH);
      long length =
          (long) READLINK.invokeExact(arena.allocateFrom(path), target, target.byteSize());
      if (length < 0) {
        throw new IOException("a link can't be read");
      }
      return target.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("readlink failed", e);
    }
  }

  /**
   * The first index from this one on, below the limit of a direct buffer, at which that byte is; or
   * -1. Tens of times as fast as a loop that the JVM's quick compiler has made.
   */
  public static int indexOf(ByteBuffer bytes, int from, byte wanted) {
    MemorySegment all = MemorySegment.ofBuffer(bytes.duplicate().position(from));
    try {
      MemorySegment found = (MemorySegment) MEMCHR.invokeExact(all, (int) wanted, all.byteSize());
      return found.address() == 0 ? -1 : from + (int) (found.address() - all.address());
    } catch (Throwable e) {
      throw new IllegalStateException("memchr failed", e);
    }
  }

  /** Every index at which {@code wanted} is, in order; fast, see {@link #indexOf}. */
  public static List<Integer> indexesOf(byte[] all, byte[] wanted) {
    List<Integer> found = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment hay = arena.allocateFrom(ValueLayout.JAVA_BYTE, all);
      MemorySegment needle = arena.allocateFrom(ValueLayout.JAVA_BYTE, wanted);
      for (long from = 0; from < all.length; ) {
        MemorySegment rest = hay.asSlice(from);
        MemorySegment at =
            (MemorySegment) MEMMEM.invokeExact(rest, rest.byteSize(), needle, needle.byteSize());
        if (at.address() == 0) {
          break;
        }
        from = at.address() - hay.address();
        found.add((int) from++);
      }
      return found;
    } catch (Throwable e) {
      throw new IllegalStateException("memmem failed", e);
    }
  }

  /**
   * Ends this process at once, _exit(2). {@link Runtime#halt} first waits up to 300 ms for threads
   * that are inside system calls, with the key in memory.
   */
  public static IntConsumer immediateExit() {
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

  @SuppressWarnings("restricted") // the only native calls of the agent's own
  static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type, options);
  }
}
