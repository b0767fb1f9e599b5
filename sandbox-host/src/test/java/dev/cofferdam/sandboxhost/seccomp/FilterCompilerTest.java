// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers: the x86_64 system call table. */
final class FilterCompilerTest {
  private static final int ALLOW = 0x7fff0000;
  private static final int EPERM = 0x00050001;
  private static final int ENOSYS = 0x00050000 | 38;
  private static final int EPROTONOSUPPORT = 0x00050000 | 93;
  private static final int EAFNOSUPPORT = 0x00050000 | 97;
  private static final int EOPNOTSUPP = 0x00050000 | 95;
  private static final int FALLOCATE = 285;
  private static final int KILL_PROCESS = 0x80000000;
  private static final int CLONE = 56;
  private static final int IOCTL = 16;
  private static final int SOCKET = 41;
  private static final int SOCKETPAIR = 53;

  private static FilterInterpreter filter;

  @BeforeAll
  static void compile(@TempDir Path dir) throws IOException {
    Path target = dir.resolve("cell.bpf");
    new FilterCompiler().compile(ProfileReader.builtIn(), target);
    filter = new FilterInterpreter(Files.readAllBytes(target));
  }

  private static int run(int number, long... arguments) {
    return filter.run(FilterInterpreter.X86_64, number, arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "read, 0",
    "write, 1",
    "mmap, 9",
    "execve, 59",
    "fork, 57",
    "kill, 62",
    "connect, 42",
    "futex, 202",
    "openat, 257",
    "prlimit64, 302",
    "getrandom, 318",
    "rseq, 334",
    "close_range, 436"
  })
  void allowsEverydayCalls(String name, int number) {
    assertThat(run(number)).as(name).isEqualTo(ALLOW);
  }

  @ParameterizedTest
  @CsvSource({
    "process_vm_readv, 310",
    "process_vm_writev, 311",
    "mount, 165",
    "umount2, 166",
    "pivot_root, 155",
    "chroot, 161",
    "unshare, 272",
    "setns, 308",
    "add_key, 248",
    "request_key, 249",
    "keyctl, 250",
    "bpf, 321",
    "io_uring_setup, 425",
    "io_uring_enter, 426",
    "io_uring_register, 427",
    "userfaultfd, 323",
    "perf_event_open, 298",
    "kexec_load, 246",
    "kexec_file_load, 320",
    "init_module, 175",
    "finit_module, 313",
    "delete_module, 176",
    "open_by_handle_at, 304",
    "quotactl, 179",
    "swapon, 167",
    "swapoff, 168",
    "reboot, 169",
    "open_tree, 428",
    "move_mount, 429",
    "fsopen, 430",
    "fsconfig, 431",
    "fsmount, 432",
    "fspick, 433",
    "pidfd_getfd, 438",
    "mount_setattr, 442",
    "syslog, 103",
    "iopl, 172",
    "settimeofday, 164",
    "kcmp, 312"
  })
  void refusesWhatReachesOut(String name, int number) {
    assertThat(run(number)).as(name).isEqualTo(EPERM);
  }

  @ParameterizedTest
  @ValueSource(ints = {435, 460, 999, 156, 212 + 1000})
  void knowsNoOtherCalls(int number) {
    assertThat(run(number)).isEqualTo(ENOSYS);
  }

  /** It would take the disk past every limit of a file's size. */
  @Test
  void hasRoomWrittenAndNotReserved() {
    assertThat(run(FALLOCATE)).isEqualTo(EOPNOTSUPP);
  }

  @Test
  void killsForeignCallingConventions() {
    assertThat(filter.run(FilterInterpreter.I386, 1)).isEqualTo(KILL_PROCESS);
    assertThat(run(0x40000000 | 1)).isEqualTo(KILL_PROCESS);
  }

  @Test
  void letsThreadsAndChildrenBeMadeButNoNamespace() {
    assertThat(run(CLONE, 0x3d0f00)).isEqualTo(ALLOW);
    assertThat(run(CLONE, 0x1200011)).isEqualTo(ALLOW);
    for (int bit : new int[] {17, 25, 26, 27, 28, 29, 30}) {
      assertThat(run(CLONE, 1L << bit | 17)).as("bit %d", bit).isEqualTo(EPERM);
      assertThat(run(CLONE, 1L << 40 | 1L << bit)).as("bit %d", bit).isEqualTo(EPERM);
    }
    assertThat(run(CLONE, 0x7e020000L)).isEqualTo(EPERM);
  }

  @ParameterizedTest
  @ValueSource(longs = {0x5412, 0x541c, 0x1_0000_5412L, 0xffff_ffff_0000_541cL})
  void refusesTypingIntoTerminals(long request) {
    assertThat(run(IOCTL, 0, request)).isEqualTo(EPERM);
  }

  @Test
  void allowsEveryOtherIoctl() {
    for (long request = 0; request <= 0xffff; request++) {
      if (request != 0x5412 && request != 0x541c) {
        assertThat(run(IOCTL, 0, request)).isEqualTo(ALLOW);
      }
    }
    new Random(3)
        .ints(100_000)
        .filter(r -> r != 0x5412 && r != 0x541c)
        .forEach(r -> assertThat(run(IOCTL, 0, r & 0xffffffffL)).isEqualTo(ALLOW));
  }

  /** Types with SOCK_CLOEXEC and SOCK_NONBLOCK, as most libraries make them. */
  @ParameterizedTest
  @CsvSource({
    "unix, 1, 0x80801, 0",
    "unix datagram, 1, 2, 0",
    "unix packet, 1, 5, 0",
    "tcp, 2, 1, 0",
    "tcp by name, 10, 0x80801, 6",
    "udp, 2, 0x80002, 0",
    "udp by name, 10, 2, 17",
    "netlink route, 16, 0x80003, 0",
    "netlink route datagram, 16, 2, 0"
  })
  void makesSocketsThatProgramsUse(String name, String family, String type, String protocol) {
    assertThat(socket(family, type, protocol)).as(name).isEqualTo(ALLOW);
  }

  @ParameterizedTest
  @CsvSource({
    "raw, 2, 3, 255",
    "raw of tcp, 10, 3, 6",
    "icmp, 2, 2, 1",
    "dccp by type, 2, 6, 0",
    "dccp, 2, 6, 33",
    "sctp, 2, 1, 132",
    "sctp packets, 10, 5, 132",
    "udplite, 2, 2, 136",
    "mptcp, 2, 1, 262",
    "mptcp with a high bit, 2, 1, 0x100000106",
    "packet by type, 2, 10, 0"
  })
  void makesNoOtherInternetSocket(String name, String family, String type, String protocol) {
    assertThat(socket(family, type, protocol)).as(name).isIn(ENOSYS, EPROTONOSUPPORT);
  }

  @Test
  void makesNetlinkSocketsOfRoutesOnly() {
    for (int protocol = 1; protocol < 64; protocol++) {
      assertThat(run(SOCKET, 16, 3, protocol))
          .as("protocol %d", protocol)
          .isIn(ENOSYS, EPROTONOSUPPORT);
    }
    assertThat(run(SOCKET, 16, 3, 1L << 32 | 5)).isEqualTo(ENOSYS);
    assertThat(run(SOCKET, 16, 3, 1L << 32 | 4)).isEqualTo(EPROTONOSUPPORT);
  }

  /** As a kernel without them does: libaudit takes any other answer for a broken machine. */
  @ParameterizedTest
  @CsvSource({"audit, 16, 3, 9", "ping, 2, 2, 1", "ping by name, 10, 2, 58", "mptcp, 2, 1, 262"})
  void saysOfWhatProgramsAskForThatItIsNotSupported(
      String name, String family, String type, String protocol) {
    assertThat(socket(family, type, protocol)).as(name).isEqualTo(EPROTONOSUPPORT);
  }

  @Test
  void knowsNoOtherFamily() {
    for (int family = 0; family < 256; family++) {
      if (!List.of(1, 2, 10, 16).contains(family)) {
        assertThat(run(SOCKET, family, 1, 0)).as("family %d", family).isIn(ENOSYS, EAFNOSUPPORT);
      }
    }
  }

  @Test
  void makesPairsOfUnixSocketsOnly() {
    assertThat(run(SOCKETPAIR, 1, 1, 0)).isEqualTo(ALLOW);
    for (int family : new int[] {2, 16, 30, 40}) { // internet, netlink, tipc, vsock
      assertThat(run(SOCKETPAIR, family, 1, 0)).as("family %d", family).isEqualTo(ENOSYS);
    }
  }

  private static int socket(String... arguments) {
    return run(SOCKET, Stream.of(arguments).mapToLong(Long::decode).toArray());
  }

  @Test
  void tracesOwnChildrenOnly() {
    assertThat(run(101, 0)).isEqualTo(ALLOW);
    assertThat(run(101, 7)).isEqualTo(ALLOW);
    assertThat(run(101, 16)).isEqualTo(EPERM);
    assertThat(run(101, 0x4206)).isEqualTo(EPERM);
  }
}
