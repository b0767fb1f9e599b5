// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.place;

import dev.cofferdam.stack.installation.HostList;
import dev.cofferdam.stack.installation.Installation;
import dev.cofferdam.stack.process.ShortCommand;
import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The paths under which parts see their files.
 *
 * <p>As root, every room is a mount below a directory in memory that only exists in our mount
 * namespace: the parts' users could not pass the data directory itself (ADR 0002). Otherwise the
 * paths are used as they are.
 */
public final class Rooms {
  private static final Path MOUNTED = Path.of("/run/cofferdam");
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final String PASSABLE = "rwx--x--x";
  private static final String PRIVATE = "rwx------";

  /** The room of what a user keeps. */
  private record Lasting(String name, PartUser user) {}

  private static final List<Lasting> LASTING =
      List.of(
          new Lasting("postgres", PartUser.POSTGRES),
          new Lasting("kafka", PartUser.KAFKA),
          new Lasting("vault", PartUser.VAULT),
          new Lasting("vault-audit", PartUser.VAULT),
          new Lasting("sandbox", PartUser.SANDBOX),
          new Lasting("audit", PartUser.SESSION));

  private final Path runtime;
  private final Path memory;
  private final boolean root;
  private final DataDirectory data;
  private final Map<String, Path> folders;
  private final Optional<Installation> installation;

  private Rooms(
      Path runtime,
      Path memory,
      DataDirectory data,
      Map<String, Path> folders,
      Optional<Installation> installation) {
    this.runtime = runtime;
    this.memory = memory;
    this.root = installation.isPresent();
    this.data = data;
    this.folders = folders;
    this.installation = installation;
  }

  /** As root: makes users and mounts; needs a mount namespace of our own. */
  public static Rooms prepare(DataDirectory data, BuiltFiles built, boolean root)
      throws IOException {
    Path runtime = root ? MOUNTED : plainRuntime(data);
    Path memory = root || isInMemory(runtime) ? runtime : ofOurs(SHARED_MEMORY, data);
    Optional<Installation> installation = root ? Optional.of(claim(data)) : Optional.empty();
    Rooms rooms = new Rooms(runtime, memory, data, built.folders(), installation);
    Files.createDirectories(runtime);
    if (root) {
      ShortCommand.require(
          "mount", "-t", "tmpfs", "-o", "mode=0711,size=64m,nosuid,nodev", "tmpfs", "" + runtime);
      rooms.folders.forEach(rooms::showFolder);
    } else {
      Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString(PRIVATE));
    }
    for (Lasting room : LASTING) {
      rooms.lasting(room);
    }
    rooms.keyRoom("postgres-key", PartUser.POSTGRES);
    rooms.fleeting("vault-socket", PartUser.VAULT);
    rooms.fleeting("sandbox-host", PartUser.SANDBOX);
    rooms.fleeting("boxes", PartUser.SANDBOX);
    rooms.fleeting("scratch", PartUser.SANDBOX);
    return rooms;
  }

  private static Installation claim(DataDirectory data) throws IOException {
    boolean older =
        LASTING.stream()
            .anyMatch(room -> Files.exists(data.of(room.name()), LinkOption.NOFOLLOW_LINKS));
    return hostList().claim(data.root().toRealPath(), older, SystemUsers::ensure);
  }

  /** What was destroyed gives its users back to this host; as root. */
  public static void release(Installation destroyed) throws IOException {
    hostList().release(destroyed);
  }

  private static HostList hostList() {
    return new HostList(Stream.of(PartUser.ALL).map(PartUser::name).toList());
  }

  /** Short, since the path of a Unix socket has 108 bytes at most (unix(7)). */
  private static Path plainRuntime(DataDirectory data) throws IOException {
    String given = System.getenv("XDG_RUNTIME_DIR");
    return ofOurs(
        Path.of(given != null && Files.isDirectory(Path.of(given)) ? given : "/tmp"), data);
  }

  private static Path ofOurs(Path base, DataDirectory data) throws IOException {
    Object uid = Files.getAttribute(data.root(), "unix:uid");
    Path runtime =
        base.resolve("cofferdam-" + uid + "-" + Integer.toHexString(data.root().hashCode()));
    if (Files.notExists(runtime, LinkOption.NOFOLLOW_LINKS)) {
      makeDirectory(runtime, PRIVATE);
    }
    if (!uid.equals(Files.getAttribute(runtime, "unix:uid", LinkOption.NOFOLLOW_LINKS))
        || Files.isSymbolicLink(runtime)) {
      throw new StartFailure(
          runtime + " belongs to somebody else: remove it or set another --data");
    }
    return runtime;
  }

  private void showFolder(String name, Path folder) {
    Path room = app(name);
    makeDirectory(room, PASSABLE);
    ShortCommand.require("mount", "--bind", folder.toString(), room.toString());
    if (!name.equals(BuiltFiles.STARTS) || !recordsStarts()) {
      ShortCommand.require("mount", "-o", "remount,bind,ro", room.toString());
    }
  }

  /** Bound from the data directory. */
  private void lasting(Lasting room) throws IOException {
    Path kept = data.of(room.name());
    makeDirectory(kept, PRIVATE);
    if (root) {
      own(room.user(), kept);
      makeDirectory(runtime.resolve("data"), PASSABLE);
      Path bound = kept(room.name());
      makeDirectory(bound, PASSABLE);
      ShortCommand.require("mount", "--bind", kept.toString(), bound.toString());
    }
    if (room.user().equals(PartUser.SANDBOX)) {
      // Boxes pass through it to their own ciphertext.
      Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString(PASSABLE));
    }
  }

  /** A room that is empty at each start. */
  private void fleeting(String name, PartUser user) throws IOException {
    Path room = runtime.resolve(name);
    ShortCommand.require("rm", "-rf", "--one-file-system", room.toString());
    makeDirectory(room, PASSABLE);
    if (root) {
      own(user, room);
    }
  }

  /** A room of keys: empty at each start, closed to others, and never on a disk. */
  private void keyRoom(String name, PartUser user) throws IOException {
    Path room = inMemory(name);
    if (!isInMemory(memory)) {
      throw new StartFailure(memory + " is not in memory: no place for keys");
    }
    ShortCommand.require("rm", "-rf", "--one-file-system", room.toString());
    makeDirectory(room, PRIVATE);
    if (root) {
      own(user, room);
    }
  }

  private static boolean isInMemory(Path path) throws IOException {
    String type = Files.getFileStore(path).type();
    return type.equals("tmpfs") || type.equals("ramfs");
  }

  private void own(PartUser user, Path path) {
    String name = nameOf(user);
    ShortCommand.require("chown", name + ":" + name, path.toString());
  }

  private static void makeDirectory(Path path, String permissions) {
    try {
      if (Files.notExists(path)) {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
      }
    } catch (IOException e) {
      throw new StartFailure(path + " can't be made: " + e.getMessage());
    }
  }

  /** Where what verifies the audit ledger is kept: no part can get there. */
  public Path auditKey() {
    return data.auditKey();
  }

  /** Where it is kept that Vault was never set up to the end. */
  public Path setUpMark() {
    return data.setUpMark();
  }

  /**
   * What a part keeps: {@code postgres}, {@code kafka}, {@code vault}, {@code sandbox} or {@code
   * audit}.
   */
  public Path kept(String name) {
    return root ? runtime.resolve("data").resolve(name) : data.of(name);
  }

  /**
   * Empty at each start: {@code vault-socket}, {@code sandbox-host}, {@code boxes}, {@code
   * scratch}.
   */
  public Path fleeting(String name) {
    return runtime.resolve(name);
  }

  /** For keys that a server reads from files: {@code postgres-key}. */
  public Path inMemory(String name) {
    return memory.resolve(name);
  }

  /** A built or fetched folder. */
  public Path app(String name) {
    if (!root) {
      return java.util.Objects.requireNonNull(folders.get(name), name);
    }
    return runtime.resolve("app").resolve(name);
  }

  /** Options with which the JVM of one of our programs starts faster; none if nothing is there. */
  public List<String> startCache(String program) {
    return folders.containsKey(BuiltFiles.STARTS)
        ? new StartCaches(app(BuiltFiles.STARTS), recordsStarts()).options(program)
        : List.of();
  }

  /** Whether the starts of our own programs are recorded for {@link #startCache}. */
  public boolean recordsStarts() {
    return folders.containsKey(BuiltFiles.STARTS) && StartCaches.wanted();
  }

  /** The program of the JDK. */
  public String java() {
    return app("jdk").resolve("bin/java").toString();
  }

  /** Runs a short command as a part's user, with text on its standard input; it dies with us. */
  public void runAs(PartUser user, String input, List<String> command) {
    List<String> words = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
    if (root) {
      String name = nameOf(user);
      words.addAll(List.of("--reuid", name, "--regid", name, "--init-groups"));
      words.addAll(List.of("--inh-caps=-all", "--bounding-set=-all"));
    }
    words.addAll(List.of("--no-new-privs", "--"));
    words.addAll(command);
    ShortCommand.require(input, words);
  }

  /** Whether parts have users of their own. */
  public boolean ofRoot() {
    return root;
  }

  /** Who a part is at present: its user, or us. */
  public String userOf(PartUser user) {
    return root ? nameOf(user) : System.getProperty("user.name");
  }

  /** What this installation calls a part's user on this host, where parts have some. */
  public String nameOf(PartUser user) {
    return nameOf(user.name());
  }

  /** The control group that this installation has on this host, where it has one. */
  public String controlGroup() {
    return nameOf("cofferdam");
  }

  private String nameOf(String plain) {
    return installation.map(one -> one.name(plain)).orElse(plain);
  }
}
