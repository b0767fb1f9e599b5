// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.eventreference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.events.SessionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  private static final String SOURCE =
      """
      /** All of them. */
      public sealed interface SessionEvent extends Event {
        /** Whose it is. */
        UserId user();

        SessionId session();

        /** Another one. */
        record Opening() {}

        record Opened() {}

        /**
         * It {@code ends}
         * soon.
         *
         * @param locksAt when, as
         *     {@link #at} says
         * @param sequence its place
         */
        record Warned(
      """;

  @TempDir Path folder;
  private Sources sources;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("SessionEvent.java"), SOURCE);
    Files.writeString(folder.resolve("Event.java"), "");
    sources = new Sources(folder);
  }

  @Test
  void aTypeIsWhatItsOwnCommentSays() {
    assertThat(sources.ofType(SessionEvent.Opening.class)).isEqualTo("Another one.");
    assertThat(sources.ofType(SessionEvent.Warned.class)).isEqualTo("It `ends` soon.");
  }

  @Test
  void aComponentIsWhatItsRecordSaysOrElseItsFamily() {
    assertThat(sources.ofComponent(SessionEvent.Warned.class, "locksAt"))
        .isEqualTo("When, as `at` says");
    assertThat(sources.ofComponent(SessionEvent.Warned.class, "sequence")).isEqualTo("Its place");
    assertThat(sources.ofComponent(SessionEvent.Warned.class, "user")).isEqualTo("Whose it is.");
  }

  @Test
  void whatNothingIsSaidOfIsAFault() {
    assertThatThrownBy(() -> sources.ofType(SessionEvent.Opened.class))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> sources.ofComponent(SessionEvent.Opening.class, "session"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> sources.ofComponent(SessionEvent.Warned.class, "id"))
        .isInstanceOf(IllegalStateException.class);
  }
}
