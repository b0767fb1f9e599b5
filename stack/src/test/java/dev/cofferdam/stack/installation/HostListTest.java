// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostListTest {
  @TempDir Path host;

  private final Set<Integer> existing = new HashSet<>();
  private final Set<Integer> running = new HashSet<>();
  private final List<Installation> settled = new ArrayList<>();
  private HostList list;

  @BeforeEach
  void anEmptyHost() {
    list = on("list");
  }

  private HostList on(String folder) {
    return new HostList(host.resolve(folder), existing::contains, running::contains);
  }

  private Path data(String name) throws IOException {
    return Files.createDirectory(host.resolve(name));
  }

  private int claim(Path data) throws IOException {
    return list.claim(data, false, settled::add).number();
  }

  private void copy(Path from, Path to) throws IOException {
    Files.copy(Installation.fileIn(from), Installation.fileIn(to));
  }

  private void destroy(Path data) throws IOException {
    Files.delete(Installation.fileIn(data));
    Files.delete(data);
  }

  /** As the list's one line says. */
  private void wasOnAnotherFileSystem() throws IOException {
    Path lines = host.resolve("list/installations");
    String[] words = Files.readString(lines).split(" ", 4);
    words[2] = Long.toString(Long.parseLong(words[2]) + 1);
    Files.writeString(lines, String.join(" ", words));
  }

  @Test
  void twoAreDifferentAndStaySo() throws IOException {
    Path one = data("one");
    Path other = data("other");
    assertThat(List.of(claim(one), claim(other))).containsExactly(1, 2);
    assertThat(List.of(claim(other), claim(one))).containsExactly(2, 1);
    assertThat(settled).extracting(Installation::number).containsExactly(1, 2, 2, 1);
  }

  @Test
  void thoseThatStartAtOnceAreAllDifferent() throws Exception {
    List<Future<Integer>> numbers = new ArrayList<>();
    try (ExecutorService starts = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        Path data = data("data" + i);
        HostList own = new HostList(host.resolve("list"), number -> false, number -> false);
        numbers.add(starts.submit(() -> own.claim(data, false, ours -> {}).number()));
      }
    }
    Set<Integer> different = new HashSet<>();
    for (Future<Integer> number : numbers) {
      different.add(number.get());
    }
    assertThat(different).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void whatIsGoneGivesItsUsersBack() throws IOException {
    Path one = data("one");
    claim(one);
    claim(data("other"));
    destroy(one);
    assertThat(claim(data("third"))).isEqualTo(1);
  }

  @Test
  void notWhileSomethingRunsAsThem() throws IOException {
    Path one = data("one");
    claim(one);
    destroy(one);
    running.add(1);
    assertThat(claim(data("other"))).isEqualTo(2);
    running.clear();
    assertThat(claim(data("third"))).isEqualTo(1);
  }

  @Test
  void norWhileItsFileSystemIsNotMounted() throws IOException {
    Path one = data("one");
    claim(one);
    destroy(one);
    wasOnAnotherFileSystem();
    assertThat(claim(data("one"))).isEqualTo(2);
  }

  @Test
  void whatWasDestroyedGivesThemBackWhateverFileSystemItWasOn() throws IOException {
    Path one = data("one");
    claim(one);
    wasOnAnotherFileSystem();
    Installation ours = Installation.of(one).orElseThrow();
    list.release(ours);
    assertThat(claim(data("other"))).as("not before it is gone").isEqualTo(2);
    destroy(one);
    running.add(1);
    assertThat(claim(data("third"))).isEqualTo(3);
    running.clear();
    existing.add(1);
    assertThat(claim(data("fourth"))).isEqualTo(1);
  }

  @Test
  void theUsersOfOneThatWasNotStartedSinceThereIsAListAreNotGivenAway() throws IOException {
    Path older = data("older");
    existing.add(1);
    assertThat(claim(data("new"))).isEqualTo(2);
    assertThat(claim(data("newer"))).isEqualTo(3);
    assertThat(list.claim(older, true, settled::add).number()).isEqualTo(1);
    destroy(older);
    assertThat(claim(data("newest"))).isEqualTo(1);
  }

  @Test
  void nothingIsStartedAsUsersThatSomethingOutsideTheListRunsAs() throws IOException {
    Path one = data("one");
    claim(one);
    Files.delete(host.resolve("list/installations"));
    running.add(1);
    assertThatThrownBy(() -> claim(one))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("something runs that is in no list");
    running.clear();
    assertThat(claim(one)).isEqualTo(1);
    running.add(1);
    assertThat(claim(one)).as("its own, a moment after it died").isEqualTo(1);
  }

  @Test
  void oneDirectoryByTwoPathsIsNoCopy() throws IOException {
    Path one = data("one");
    claim(one);
    Path another = Files.createSymbolicLink(host.resolve("another"), one); // as a bind mount is
    assertThat(claim(another)).isEqualTo(1);
    assertThat(claim(one)).isEqualTo(1);
  }

  @Test
  void aPathOfSeveralLinesIsRefused() throws IOException {
    Path one = data("one\n1 two");
    assertThatThrownBy(() -> claim(one))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("has a control character");
    assertThat(host.resolve("list")).doesNotExist();
  }

  @Test
  void itsFolderIsOurs() throws IOException {
    claim(data("one"));
    assertThat(Files.getPosixFilePermissions(host.resolve("list")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void whatRunsAndIsInNoListKeepsItsUsers() throws IOException {
    running.add(1);
    assertThat(claim(data("one"))).isEqualTo(2);
  }

  @Test
  void whatWasMovedIsTheSame() throws IOException {
    Path one = data("one");
    claim(one);
    claim(data("other"));
    Path moved = Files.move(one, host.resolve("moved"));
    assertThat(claim(moved)).isEqualTo(1);
    assertThat(claim(data("one"))).isEqualTo(3);
  }

  @Test
  void aCopyIsRefusedWhereTheOriginalIs() throws IOException {
    Path one = data("one");
    claim(one);
    Path copy = data("copy");
    copy(one, copy);
    assertThatThrownBy(() -> claim(copy))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(copy + " is a copy of " + one);
    destroy(one);
    assertThat(claim(copy)).isEqualTo(1);
  }

  @Test
  void onAnotherHostItIsWhichItWasUnlessAnotherOneIs() throws IOException {
    Path one = data("one");
    Path other = data("other");
    claim(one);
    claim(other);
    HostList elsewhere = on("elsewhere");
    assertThat(elsewhere.claim(other, true, settled::add).number()).isEqualTo(2);
    elsewhere.claim(data("theirs"), false, settled::add);
    assertThatThrownBy(() -> elsewhere.claim(one, true, settled::add))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("belong to users that " + host.resolve("theirs") + " has");
  }

  @Test
  void anOlderOneIsTheFirstOrNone() throws IOException {
    Path older = data("older");
    assertThat(list.claim(older, true, settled::add).number()).isEqualTo(1);
    assertThat(claim(data("new"))).isEqualTo(2);
    Path another = data("another");
    assertThatThrownBy(() -> list.claim(another, true, settled::add))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("had the same users")
        .hasMessageContaining(older.toString());
    assertThat(Installation.fileIn(another)).doesNotExist();
  }

  @Test
  void whenAllAreTakenNothingStarts() throws IOException {
    for (int number = 1; number <= Installation.MOST; number++) {
      assertThat(claim(data("data" + number))).isEqualTo(number);
    }
    Path more = data("more");
    assertThatThrownBy(() -> claim(more))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("all are taken");
  }

  @Test
  void whoseUsersCannotBeMadeIsNone() throws IOException {
    Path one = data("one");
    assertThatThrownBy(
            () ->
                list.claim(
                    one,
                    false,
                    ours -> {
                      throw new StartFailure("no more users");
                    }))
        .hasMessage("no more users");
    assertThat(Installation.fileIn(one)).doesNotExist();
    assertThat(claim(data("other"))).isEqualTo(1);
  }

  @Test
  void whatIsDamagedIsNotGuessed() throws IOException {
    Path one = data("one");
    claim(one);
    Files.writeString(Installation.fileIn(one), "1\n");
    assertThatThrownBy(() -> claim(one)).hasMessageContaining("installation is damaged");
    assertThat(claim(data("other"))).isEqualTo(2);
    Files.writeString(host.resolve("list/installations"), "99 nonsense\n");
    assertThatThrownBy(() -> claim(data("third"))).hasMessageContaining("installations is damaged");
  }

  @Test
  void aListThatOthersMayWriteIsNotBelieved() throws IOException {
    Path folder = Files.createDirectory(host.resolve("list"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path one = data("one");
    assertThatThrownBy(() -> claim(one)).hasMessageContaining("can be written to by others");
  }
}
