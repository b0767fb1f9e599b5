// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.kernel;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Functions of the C library, by their names in section 2 and 3 of the manual. Pointers and sizes
 * are {@code long}; arrays are copied in and out. All are looked up once, at the start: when one is
 * needed there may be no time.
 *
 * <p>By JNA's direct mapping, which pty4j brings: the JDK's own linker makes classes for each
 * function while it runs, which took an agent that had just started 200 ms.
 */
final class LibC {
  static {
    Native.register(
        LibC.class,
        NativeLibrary.getInstance(
            Platform.C_LIBRARY_NAME, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8")));
  }

  private LibC() {}

  /** Of the last call on this thread. */
  static int errno() {
    return Native.getLastError();
  }

  /** Of the first byte of a direct buffer, wherever its position is. */
  static long address(ByteBuffer direct) {
    return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
  }

  static native void _exit(int status);

  static native int clock_gettime(int clock, long[] timespec);

  static native int close(int descriptor);

  static native int closedir(long stream);

  static native int dup3(int descriptor, int wanted, int flags);

  static native int eventfd(int initial, int flags);

  static native int fcntl(int descriptor, int operation, int argument);

  static native long fdopendir(int descriptor);

  static native int ioctl(int descriptor, long operation, int[] argument);

  static native int kill(int pid, int signal);

  static native long memchr(long memory, int wanted, long length);

  static native long memmem(long hay, long hayLength, long needle, long needleLength);

  static native int mount(String source, String target, String type, long flags, String data);

  static native int openat(int directory, String path, int flags);

  static native int openat(int directory, long path, int flags);

  /** {@code struct pollfd} is two ints: the descriptor; events below and what happened above. */
  static native int poll(int[] pollfds, long count, int timeoutMillis);

  static native int prctl(int option, long second, long third, long fourth, long fifth);

  /** {@code struct rlimit} is two longs: the soft and the hard one. */
  static native int prlimit(
      int pid, int resource, long @Nullable [] wanted, long @Nullable [] before);

  static native long read(int descriptor, long into, long count);

  static native long readdir(long stream);

  static native long readlink(String path, byte[] into, long size);

  static native long signal(int number, long handler);

  static native int statx(int directory, long path, int flags, int mask, byte[] attributes);

  static native int umount2(String target, int flags);

  static native long write(int descriptor, long from, long count);
}
