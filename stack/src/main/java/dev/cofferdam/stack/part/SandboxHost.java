// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import dev.cofferdam.stack.place.PartUser;
import dev.cofferdam.stack.place.Rooms;
import dev.cofferdam.stack.process.Launch;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** sandbox-host, under a user that no service shares. */
final class SandboxHost implements Part {
  private final Rooms rooms;
  private final Vault vault;
  private final boolean swapAccepted;
  private final List<String> settings;
  private final ControlGroups groups;
  private volatile Optional<String> withoutGroups = Optional.empty();

  SandboxHost(Rooms rooms, Vault vault, boolean swapAccepted, List<String> settings) {
    this.rooms = rooms;
    this.vault = vault;
    this.swapAccepted = swapAccepted;
    this.settings = settings;
    groups = new ControlGroups(rooms);
  }

  @Override
  public String name() {
    return "sandbox-host";
  }

  @Override
  public List<String> needs() {
    return List.of("vault");
  }

  @Override
  public int port() {
    return 0;
  }

  Path socket() {
    return rooms.fleeting("sandbox-host").resolve("host.sock");
  }

  @Override
  public Launch launch() {
    List<String> words = new ArrayList<>(List.of(rooms.java(), "-Xmx48m", "-Xss512k"));
    words.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "--enable-native-access=ALL-UNNAMED"));
    words.addAll(rooms.startCache("sandbox-host"));
    words.add("-Dcoffer.sandbox-host.socket=" + socket());
    words.add("-Dcoffer.sandbox-host.peer=" + rooms.userOf(PartUser.GATEWAY));
    words.add("-Dcoffer.sandbox-host.data=" + rooms.kept("sandbox"));
    words.add("-Dcoffer.sandbox-host.boxes=" + rooms.fleeting("boxes"));
    words.add("-Dcoffer.sandbox-host.scratch=" + rooms.fleeting("scratch"));
    words.add("-Dcoffer.vault.directory=" + rooms.fleeting("vault-socket"));
    words.add("-Dcoffer.agent.directory=" + rooms.app("agent"));
    words.add("-Dcoffer.ticket.pub=" + vault.keeper().ticketPublicKey());
    words.add("-Dcoffer.sandbox-host.own-uid=" + !rooms.ofRoot());
    words.add("-Dcoffer.accept-swap=" + swapAccepted);
    ControlGroups.Delegation delegated = groups.delegate();
    withoutGroups = delegated.missing();
    delegated.settings().forEach((key, path) -> words.add("-D" + key + "=" + path));
    settings.forEach(setting -> words.add("-D" + setting));
    words.addAll(List.of("-cp", rooms.app("sandbox-host") + "/*"));
    words.add("dev.cofferdam.sandboxhost.SandboxHost");
    return new Launch(
        words, PartUser.SANDBOX, Map.of(), false, Launch.Rights.SET_USER_ID, delegated.entry());
  }

  @Override
  public Optional<String> notice() {
    return withoutGroups.map(
        why ->
            "sandboxes have no control groups ("
                + why
                + "): memory is limited for each process and not for the sandbox, so that a program"
                + " in one can use up this machine's (SECURITY.md)");
  }

  @Override
  public boolean isReady() {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket()));
    } catch (IOException e) {
      return false;
    }
  }
}
