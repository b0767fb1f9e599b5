// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestView;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a program of the user can see and do, asked from a terminal of his. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CellIT {
  private static final int EPERM = 1;
  private static final int ENOSYS = 38;
  private static final int EPROTONOSUPPORT = 93;
  private static final int EAFNOSUPPORT = 97;

  private final Lab lab = Lab.shared();
  private final TestBox box = lab.newWorkspace().open();
  private final TestView terminal = box.terminal();

  @BeforeAll
  void bringTheProbe() {
    terminal.write(
        "/tmp/call",
        """
        # NUMBER ARGUMENT…: makes a system call and prints its errno, 0 if it succeeded
        my @a = map { /^0x/ ? hex : /^-?[0-9]+$/ ? $_ + 0 : "$_\\0" } @ARGV;
        my $n = shift @a;
        push @a, 0 while @a < 6;
        my $r = syscall($n, @a);
        print "errno ", ($r == -1 ? $! + 0 : 0), "\\n";
        """);
  }

  @AfterAll
  void close() {
    terminal.close();
    box.close();
  }

  private int call(String numberAndArguments) {
    String answer = terminal.run("perl /tmp/call " + numberAndArguments);
    assertThat(answer).as(numberAndArguments).startsWith("errno ");
    return Integer.parseInt(answer.substring(6).strip());
  }

  @Test
  void hasNoCapabilityAndCanGainNone() {
    String status = terminal.run("grep -E 'Cap|NoNewPrivs|Seccomp:' /proc/self/status");
    for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
      assertThat(status).contains(set + ":\t0000000000000000");
    }
    assertThat(status).contains("NoNewPrivs:\t1").contains("Seccomp:\t2");
  }

  @Test
  void gainsNothingFromSetuidPrograms() {
    assertThat(terminal.run("find /usr/bin -perm -4000 | wc -l").strip())
        .as("setuid programs in the cell")
        .isNotEqualTo("0");
    assertThat(terminal.run("su -c 'echo uid $(id -u)' </dev/null")).doesNotContain("uid 0");
    assertThat(terminal.run("awk '$2 == \"/usr\"' /proc/mounts")).contains("nosuid");
  }

  @Test
  void seesNoNetworkButItsOwnLoopback() {
    assertThat(terminal.run("tail -n +3 /proc/net/dev | cut -d: -f1").strip()).isEqualTo("lo");
    int port = lab.vault().bao().address().getPort();
    assertThat(terminal.run("(echo > /dev/tcp/127.0.0.1/" + port + ") 2>&1"))
        .contains("Connection refused");
  }

  @Test
  void seesNeitherCiphertextNorVaultNorTheAgent() {
    String paths = "/cipher /plain /run/coffer /opt/coffer /workspace/../canary /dev/fuse /sys";
    assertThat(terminal.run("ls -d " + paths + " 2>/dev/null")).isEmpty();
    assertThat(terminal.run("ls -A /workspace")).doesNotContain("canary");
    assertThat(terminal.run("ps -eo args"))
        .contains("bash -l")
        .doesNotContain("java")
        .doesNotContain("gocryptfs")
        .doesNotContain("nsenter");
    assertThat(terminal.run("cat /proc/[0-9]*/environ | tr '\\0' '\\n'")).doesNotContain("coffer");
  }

  @Test
  void findsNothingWritableOutsideItsWorkspaceAndTemporaryFiles() {
    String found =
        terminal.run(
            "find / -path /proc -prune -o -path /workspace -prune -o -type d -writable -print"
                + " 2>/dev/null");
    assertThat(found.lines()).containsExactlyInAnyOrder("/tmp", "/dev/shm", "/dev/pts");
    assertThat(terminal.run("touch /dev/pts/x 2>&1")).contains("cannot touch");
    assertThat(terminal.run("find /proc/sys -writable -type f 2>/dev/null | head -3")).isEmpty();
    assertThat(terminal.run("touch /x /dev/x /etc/x /usr/x /var/x 2>&1 | grep -c 'Read-only'"))
        .isEqualTo("5\n");
  }

  @Test
  void inheritsNoDescriptor() {
    assertThat(terminal.run("ls /proc/self/fd | xargs").strip()).isEqualTo("0 1 2 3");
    assertThat(terminal.run("readlink /proc/$$/fd/* | grep -v '^/dev/pts/'")).isEmpty();
  }

  @Test
  void isLimitedBySetrlimit() {
    assertThat(terminal.run("ulimit -c; ulimit -Hc; ulimit -Hu; ulimit -Hn; ulimit -Hf").strip())
        .isEqualTo("0\n0\n400\n4096\n" + 16 * 1024);
    assertThat(terminal.run("cat /proc/self/oom_score_adj").strip()).isEqualTo("500");
  }

  /**
   * Whoever runs out of memory first must not be able to leave that to the agent or a neighbour.
   */
  @Test
  void cannotTakeItselfOutOfTheWayOfTheOomKiller() {
    String lower = "for f in self $$; do echo 0 > /proc/$f/oom_score_adj; done 2>&1";
    assertThat(terminal.run(lower + " | grep -c 'Read-only file system'")).isEqualTo("2\n");
    assertThat(terminal.run("cat /proc/$$/oom_score_adj").strip()).isEqualTo("500");
  }

  @Test
  void reachesItsDescriptorsByName() {
    String ways =
        "echo one >/dev/stdout; echo two >/proc/self/fd/1; echo three | tee >(cat) >/dev/null";
    assertThat(terminal.run(ways + "; wait; sleep 0.2").lines())
        .containsExactly("one", "two", "three");
  }

  @Test
  void mayMakeNoNamespace() {
    assertThat(terminal.run("unshare -Ur true; echo $?")).contains("1\n");
    assertThat(call("272 0x10000000")).as("unshare user").isEqualTo(EPERM);
    assertThat(call("272 0x00020000")).as("unshare mount").isEqualTo(EPERM);
    assertThat(call("56 0x10000011")).as("clone user").isEqualTo(EPERM);
    assertThat(call("56 0x40000011")).as("clone net").isEqualTo(EPERM);
    assertThat(call("435 0 0")).as("clone3").isEqualTo(ENOSYS);
    assertThat(call("308 0 0")).as("setns").isEqualTo(EPERM);
  }

  @Test
  void mayMountNothing() {
    assertThat(call("165 none /tmp tmpfs 0 0")).as("mount").isEqualTo(EPERM);
    assertThat(call("166 /workspace 2")).as("umount2").isEqualTo(EPERM);
    assertThat(call("428 -100 /usr 1")).as("open_tree").isEqualTo(EPERM);
    assertThat(call("429 0 0 0 0 0")).as("move_mount").isEqualTo(EPERM);
    assertThat(call("430 tmpfs 0")).as("fsopen").isEqualTo(EPERM);
    assertThat(call("442 -100 /usr 0 0 0")).as("mount_setattr").isEqualTo(EPERM);
    assertThat(call("155 /tmp /tmp")).as("pivot_root").isEqualTo(EPERM);
    assertThat(call("161 /tmp")).as("chroot").isEqualTo(EPERM);
  }

  @Test
  void mayTouchNoOtherProcess() {
    assertThat(call("101 16 1 0 0")).as("ptrace attach").isEqualTo(EPERM);
    assertThat(call("101 0x4206 1 0 0")).as("ptrace seize").isEqualTo(EPERM);
    assertThat(call("310 1 0 0 0 0 0")).as("process_vm_readv").isEqualTo(EPERM);
    assertThat(call("311 1 0 0 0 0 0")).as("process_vm_writev").isEqualTo(EPERM);
    assertThat(call("438 0 0 0")).as("pidfd_getfd").isEqualTo(EPERM);
    assertThat(call("312 1 1 0 0 0")).as("kcmp").isEqualTo(EPERM);
    for (String look : List.of("cat", "ls", "readlink")) {
      String files = "/proc/[12]/{mem,root/,fd/,ns/user,cwd/,environ}";
      assertThat(terminal.run("for f in " + files + "; do " + look + " $f 2>/dev/null; done"))
          .as(look)
          .doesNotContain("usr")
          .doesNotContain("user:")
          .doesNotContain("PATH");
    }
  }

  @Test
  void mayTypeIntoNoTerminal() {
    assertThat(call("16 0 0x5412 x")).as("TIOCSTI").isEqualTo(EPERM);
    assertThat(call("16 0 0x100005412 x")).as("TIOCSTI with a high bit").isEqualTo(EPERM);
    assertThat(call("16 0 0x541c x")).as("TIOCLINUX").isEqualTo(EPERM);
  }

  @Test
  void reachesNoFarCornerOfTheKernel() {
    assertThat(call("250 0 -3 0")).as("keyctl").isEqualTo(EPERM);
    assertThat(call("248 user x x 1 -3")).as("add_key").isEqualTo(EPERM);
    assertThat(call("249 user x 0 0")).as("request_key").isEqualTo(EPERM);
    assertThat(call("321 0 0 0")).as("bpf").isEqualTo(EPERM);
    assertThat(call("425 1 0")).as("io_uring_setup").isEqualTo(EPERM);
    assertThat(call("323 0")).as("userfaultfd").isEqualTo(EPERM);
    assertThat(call("298 0 0 0 0 0")).as("perf_event_open").isEqualTo(EPERM);
    assertThat(call("103 3 0 0")).as("syslog").isEqualTo(EPERM);
    assertThat(call("175 0 0 0")).as("init_module").isEqualTo(EPERM);
    assertThat(call("246 0 0 0 0")).as("kexec_load").isEqualTo(EPERM);
    assertThat(call("303 -100 /usr 0 0 0")).as("name_to_handle_at").isEqualTo(EPERM);
    assertThat(call("304 0 0 0")).as("open_by_handle_at").isEqualTo(EPERM);
    assertThat(call("206 8 0")).as("io_setup").isEqualTo(ENOSYS);
    assertThat(call("999 0")).as("an unknown call").isEqualTo(ENOSYS);
  }

  /** Among them can, bluetooth, alg, key, tipc, vsock, xdp; Linux 6.12 knows them up to 45. */
  @Test
  void opensNoExoticSocket() {
    String families =
        IntStream.range(0, 64)
            .filter(family -> !List.of(1, 2, 10, 16).contains(family))
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(" "));
    for (int type : new int[] {1, 2, 3, 5}) {
      assertThat(errors("for f in " + families + "; do perl /tmp/call 41 $f " + type + " 0; done"))
          .as("type %d", type)
          .isSubsetOf(ENOSYS, EAFNOSUPPORT);
    }
    assertThat(call("53 30 1 0 0")).as("a pair of tipc").isEqualTo(ENOSYS);
  }

  /** Each protocol of netlink is another part of the kernel that reads what it is sent. */
  @Test
  void asksTheKernelByNetlinkForAddressesAlone() {
    assertThat(call("41 16 3 0")).as("route").isZero();
    assertThat(errors("for p in {1..31}; do perl /tmp/call 41 16 3 $p; done"))
        .isSubsetOf(ENOSYS, EPROTONOSUPPORT);
  }

  @Test
  void opensNoSocketForWhichTheKernelLoadsAModule() {
    assertThat(call("41 2 1 132")).as("sctp").isEqualTo(EPROTONOSUPPORT);
    assertThat(call("41 2 6 0")).as("dccp").isEqualTo(ENOSYS);
    assertThat(call("41 2 1 262")).as("mptcp").isEqualTo(EPROTONOSUPPORT);
    assertThat(call("41 2 3 1")).as("raw").isEqualTo(EPROTONOSUPPORT);
  }

  @Test
  void leavesProgramsTheirSockets() {
    for (String sort : List.of("1 1 0", "2 1 6", "2 2 17", "2 1 0", "10 1 0", "10 2 0")) {
      assertThat(call("41 " + sort)).as(sort).isZero();
    }
    assertThat(terminal.run("getent ahosts localhost")).contains("127.0.0.1");
  }

  private Set<Integer> errors(String loop) {
    return terminal
        .run(loop)
        .lines()
        .map(line -> Integer.valueOf(line.substring("errno ".length())))
        .collect(Collectors.toSet());
  }
}
