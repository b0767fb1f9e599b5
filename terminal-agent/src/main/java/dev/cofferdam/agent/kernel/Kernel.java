// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.kernel;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** What the agent asks of the kernel itself; functions of the C library. */
public final class Kernel {
  private static final int PR_SET_DUMPABLE = 4;
  private static final int LONGEST_PATH = 4096;
  private static final int MNT_FORCE_AND_DETACH = 1 | 2;

  /** MS_REMOUNT, and as bubblewrap mounted it: MS_NOSUID and MS_NOEXEC. */
  private static final long MS_REMOUNT_SAFELY = 32 | 2 | 8;

  private static final int SIGHUP = 1;
  private static final long SIG_DFL = 0;
  private static final int RLIMIT_FSIZE = 1;

  private Kernel() {}

  /** Makes this process unreadable to others: prctl(2) PR_SET_DUMPABLE 0. */
  public static void notDumpable() {
    require("prctl", LibC.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0));
  }

  /**
   * Ends a mount whoever uses it, umount2(2) MNT_FORCE: every request that waits for a FUSE server
   * is answered with an error. Without that a server that is killed while it waits for itself never
   * ends, and its memory stays.
   *
   * @return whether the kernel did so
   */
  public static boolean endMount(Path mountPoint) {
    return LibC.umount2(mountPoint.toString(), MNT_FORCE_AND_DETACH) == 0;
  }

  /**
   * Hangups end this process and whatever it starts, signal(2) SIG_DFL. A supervisor that was told
   * to outlive its terminal ignores them, which every process below it inherits: and what is
   * ignored at its start a shell can't even trap (POSIX, {@code trap}).
   */
  public static void hearHangups() {
    LibC.signal(SIGHUP, SIG_DFL);
  }

  /**
   * Lets this box have so many terminals at once, devpts(5). Without that one box could take all
   * that there are on the host.
   */
  public static void boundTerminals(int most) {
    String options = "mode=620,ptmxmode=666,max=" + most;
    require("mount", LibC.mount("devpts", "/dev/pts", "devpts", MS_REMOUNT_SAFELY, options));
  }

  /** Sends a signal, kill(2); whether there was somebody to hear it. */
  public static boolean signal(int pid, int signal) {
    return LibC.kill(pid, signal) == 0;
  }

  /**
   * Whether a process may write to files, by the soft limit of their size: none, or the hard one.
   * It gets SIGXFSZ for each try, and EFBIG.
   *
   * @return whether the kernel did so
   */
  public static boolean mayWrite(long pid, boolean may) {
    long[] limit = new long[2];
    if (LibC.prlimit((int) pid, RLIMIT_FSIZE, null, limit) != 0) {
      return false;
    }
    limit[0] = may ? limit[1] : 0;
    return LibC.prlimit((int) pid, RLIMIT_FSIZE, limit, null) == 0;
  }

  /**
   * Where a symbolic link leads, as bytes: the JVM's names lose those that are no text.
   *
   * @throws IOException if it is none, or can't be read
   */
  public static byte[] readLink(String path) throws IOException {
    byte[] target = new byte[LONGEST_PATH];
    long length = LibC.readlink(path, target, target.length);
    if (length < 0) {
      throw new IOException("a link can't be read");
    }
    return Arrays.copyOf(target, (int) length);
  }

  /**
   * The first index from this one on, below the limit of a direct buffer, at which that byte is; or
   * -1. Tens of times as fast as a loop that the JVM's quick compiler has made.
   */
  public static int indexOf(ByteBuffer bytes, int from, byte wanted) {
    long start = LibC.address(bytes) + from;
    long found = LibC.memchr(start, wanted, bytes.limit() - from);
    return found == 0 ? -1 : from + (int) (found - start);
  }

  /** Every index at which {@code wanted} is, in order; fast, see {@link #indexOf}. */
  public static List<Integer> indexesOf(byte[] all, byte[] wanted) {
    if (wanted.length == 0 || all.length < wanted.length) {
      return List.of();
    }
    long memory = Native.malloc((long) all.length + wanted.length);
    if (memory == 0) {
      throw new IllegalStateException("no memory to search in");
    }
    try {
      Pointer needle = new Pointer(memory);
      needle.write(0, wanted, 0, wanted.length);
      needle.write(wanted.length, all, 0, all.length);
      return indexesOf(memory + wanted.length, all.length, memory, wanted.length);
    } finally {
      Native.free(memory);
    }
  }

  private static List<Integer> indexesOf(long hay, int hayLength, long needle, int needleLength) {
    List<Integer> found = new ArrayList<>();
    long end = hay + hayLength;
    for (long from = hay; from < end; ) {
      long at = LibC.memmem(from, end - from, needle, needleLength);
      if (at == 0) {
        break;
      }
      found.add((int) (at - hay));
      from = at + 1;
    }
    return found;
  }

  /**
   * Ends this process at once, _exit(2). {@link Runtime#halt} first waits up to 300 ms for threads
   * that are inside system calls, with the key in memory.
   */
  public static IntConsumer immediateExit() {
    return LibC::_exit;
  }

  private static void require(String function, int result) {
    if (result != 0) {
      throw new IllegalStateException(function + " failed: errno " + LibC.errno());
    }
  }
}
