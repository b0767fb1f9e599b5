// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  private static Options parse(String... words) {
    return Options.parse(List.of(words), Up.OPTIONS);
  }

  @Test
  void hasTheDocumentedDefaults() {
    Options options = parse();
    assertThat(options.door().port()).isEqualTo(8484);
    assertThat(options.detached()).isFalse();
    assertThat(options.acceptSwap()).isFalse();
    assertThat(options.rememberUnsealKey()).isFalse();
    assertThat(options.unsealKeyDescriptor()).isEmpty();
    assertThat(options.replicas()).isEqualTo(1);
  }

  @Test
  void readsEveryOption() {
    Options options =
        parse(
            "--data",
            "/x/../y",
            "--port",
            "9000",
            "--replicas",
            "2",
            "--detach",
            "--unseal-key-fd",
            "7",
            "--remember-unseal-key",
            "--accept-swap",
            "--set",
            "session-service:coffer.session.idle-seconds=5");
    assertThat(options.data().root()).isEqualTo(Path.of("/y"));
    assertThat(options.door().port()).isEqualTo(9000);
    assertThat(options.replicas()).isEqualTo(2);
    assertThat(options.detached()).isTrue();
    assertThat(options.unsealKeyDescriptor()).hasValue(7);
    assertThat(options.rememberUnsealKey()).isTrue();
    assertThat(options.acceptSwap()).isTrue();
    assertThat(options.settings())
        .containsEntry("session-service", List.of("coffer.session.idle-seconds=5"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--port",
        "--port 0",
        "--port 65536",
        "--port http",
        "--replicas 0",
        "--replicas 5",
        "--replicas 2 --port 65535",
        "--prot 1",
        "--set x",
        "--set nobody:a=b",
        "--set session-service:noequals",
        "--set session-service:coffer.session.idle-second=5",
        "--set session-service:coffer.lease.every=5s",
        "--set stack:coffer.identity.live=PT1H",
        "extra",
        "--json"
      })
  void refusesWhatItDoesNotKnow(String line) {
    assertThatThrownBy(() -> parse(line.split(" ")))
        .isInstanceOf(WrongUsage.class)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void saysOfASettingThatThereIsNotWhichIsMeant() {
    assertThatThrownBy(() -> parse("--set", "terminal-gateway:coffer.leese.every=5s"))
        .hasMessage(
            "--set: coffer.leese.every is no setting of terminal-gateway: did you mean"
                + " coffer.lease.every?");
    assertThat(parse("--set", "terminal-gateway:quarkus.log.level=DEBUG").settings()).hasSize(1);
  }

  @Test
  void refusesASettingOfAProfileAndSaysSo() {
    assertThatThrownBy(() -> parse("--set", "session-service:%prod.quarkus.management.port=9464"))
        .isInstanceOf(WrongUsage.class)
        .hasMessage(
            "--set: %prod.quarkus.management.port is for a profile, parts have one: set it without"
                + " %prod.");
  }

  /** What the launcher checks before there is a supervisor. */
  private static Set<String> inTheHelp(String command) throws Exception {
    Process bash =
        new ProcessBuilder("bash", "-c", ". ../build/usage.sh; options_of " + command).start();
    return bash.inputReader().lines().map(line -> line.split(" ")[0]).collect(Collectors.toSet());
  }

  @Test
  void theHelpHasAllOptionsAndNoOthers() throws Exception {
    assertThat(inTheHelp("up")).isEqualTo(Up.OPTIONS);
    assertThat(inTheHelp("status")).isEqualTo(Commands.OPTIONS);
    assertThat(inTheHelp("emergency-stop")).isEqualTo(Commands.EMERGENCY_OPTIONS);
    Set<String> link = new HashSet<>(inTheHelp("link"));
    link.add(Options.NAME);
    assertThat(link).isEqualTo(Commands.LINK_OPTIONS);
  }
}
