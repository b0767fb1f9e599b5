// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost;

import dev.cofferdam.sandboxhost.box.BoxCommand;
import dev.cofferdam.sandboxhost.box.BoxStarter;
import dev.cofferdam.sandboxhost.box.Boxes;
import dev.cofferdam.sandboxhost.box.Ciphertext;
import dev.cofferdam.sandboxhost.box.Orphans;
import dev.cofferdam.sandboxhost.door.HostDoor;
import dev.cofferdam.sandboxhost.limits.BoxLimits;
import dev.cofferdam.sandboxhost.meter.BoxMeter;
import dev.cofferdam.sandboxhost.preflight.Preflight;
import dev.cofferdam.sandboxhost.seccomp.FilterCompiler;
import dev.cofferdam.sandboxhost.seccomp.ProfileReader;
import dev.cofferdam.sandboxhost.uids.BoxUids;
import dev.cofferdam.sandboxhost.uids.OwnUid;
import dev.cofferdam.sandboxhost.uids.RangeUids;
import dev.cofferdam.sandboxhost.uids.SubordinateRange;
import dev.cofferdam.sandboxhost.uids.UidSlots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Puts sandbox-host together and serves until it is stopped; its boxes end with it. */
public final class SandboxHost {
  private SandboxHost() {}

  public static void main(String[] args) throws IOException {
    HostSettings settings = HostSettings.fromProperties();
    BoxUids uids = uids(settings);
    for (Path ours : List.of(settings.data(), settings.boxes(), settings.scratch())) {
      makePassable(Files.createDirectories(ours), uids.strangers());
    }
    new Orphans(uids).keepEnding();
    Path filter = settings.scratch().resolve("seccomp.bpf");
    new FilterCompiler().compile(ProfileReader.builtIn(), filter);
    Path ticketKey = settings.scratch().resolve("ticket.pub");
    Files.writeString(ticketKey, settings.ticketKey() + "\n");
    Path nothing = Files.createDirectories(settings.scratch().resolve("empty"));
    BoxLimits limits = BoxLimits.fromProperties();
    BoxCommand command =
        new BoxCommand(
            uids,
            limits,
            new BoxCommand.Inside(
                settings.vaultDirectory(), settings.agent(), filter, ticketKey, nothing));
    Ciphertext ciphertext = new Ciphertext(settings.data().resolve("cipher"), uids);
    Thread.ofVirtual().name("condemned").start(ciphertext::removeCondemned);
    BoxStarter starter = new BoxStarter(command, ciphertext, settings.boxes(), limits, uids);
    Boxes boxes = new Boxes(starter, ciphertext, new Preflight(settings.swapAccepted(), limits));
    new HostDoor(settings.socket(), settings.peer(), boxes, new BoxMeter(limits)).serve();
  }

  /** Boxes pass our directories as strangers or as ourselves; nobody may list them. */
  private static void makePassable(Path directory, boolean strangers) throws IOException {
    String mode = strangers ? "rwx--x--x" : "rwx------";
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
  }

  private static BoxUids uids(HostSettings settings) throws IOException {
    if (settings.ownUid()) {
      return new OwnUid();
    }
    String user = System.getProperty("user.name");
    long uid = ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
    return SubordinateRange.of(user, uid, Path.of("/etc/subuid"), Path.of("/etc/subgid"))
        .filter(range -> range.count() >= UidSlots.LENGTH)
        .<BoxUids>map(
            range -> new RangeUids(range, new UidSlots(range, settings.data().resolve("uids"))))
        .orElseGet(OwnUid::new);
  }
}
