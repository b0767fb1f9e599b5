// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.vault;

import dev.cofferdam.secrets.SecretBytes;
import dev.cofferdam.stack.process.StartFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The unseal key from a descriptor, a file that somebody asked us to keep, or the person at the
 * keyboard, who has three tries.
 */
public final class PersonsUnsealKey implements UnsealKeySource {
  private static final int TRIES = 3;
  private static final int LONGEST = 256;
  private static final String WRONG = "That is not the unseal key of this data.";

  private final OptionalInt descriptor;
  private final Path remembered;
  private final SealMark mark;
  private final boolean remember;
  private final Consumer<String> screen;
  private final BooleanSupplier atTerminal;

  /**
   * @param descriptor an open file descriptor that gives the key as one line
   * @param remembered the file that keeps it, if it exists or {@code remember} asks for it
   * @param mark while it is there, that file is not used: it takes a person
   */
  public PersonsUnsealKey(
      OptionalInt descriptor,
      Path remembered,
      SealMark mark,
      boolean remember,
      Consumer<String> screen) {
    this(descriptor, remembered, mark, remember, screen, () -> stty("-a"));
  }

  /**
   * @param atTerminal whether somebody can be asked
   */
  PersonsUnsealKey(
      OptionalInt descriptor,
      Path remembered,
      SealMark mark,
      boolean remember,
      Consumer<String> screen,
      BooleanSupplier atTerminal) {
    this.atTerminal = atTerminal;
    this.descriptor = descriptor;
    this.remembered = remembered;
    this.mark = mark;
    this.remember = remember;
    this.screen = screen;
  }

  @Override
  public SecretBytes find(Predicate<SecretBytes> fits) {
    if (descriptor.isPresent()) {
      Path given = Path.of("/proc/self/fd/" + descriptor.getAsInt());
      return tested(read(given), fits).map(this::keepIfAsked).orElseGet(() -> askAgain(fits));
    }
    if (Files.exists(remembered) && !mark.isThere()) {
      return tested(read(remembered), fits)
          .orElseThrow(
              () -> new StartFailure("the remembered unseal key is wrong: remove " + remembered));
    }
    return ask(TRIES, fits);
  }

  /** One that came by descriptor or environment was the first try. */
  private SecretBytes askAgain(Predicate<SecretBytes> fits) {
    if (!atTerminal.getAsBoolean()) {
      throw new StartFailure(
          "this is not the unseal key of this data, which is the line that its first start"
              + " printed: give that by COFFER_UNSEAL_KEY or --unseal-key-fd");
    }
    screen.accept(WRONG);
    return ask(TRIES - 1, fits);
  }

  private SecretBytes ask(int tries, Predicate<SecretBytes> fits) {
    for (int left = tries; left > 0; left--) {
      Optional<SecretBytes> key = tested(ask(), fits);
      if (key.isPresent()) {
        return keepIfAsked(key.get());
      }
      screen.accept(WRONG);
    }
    throw new StartFailure(
        "no unseal key after three tries: it is the line that the first start printed");
  }

  private static Optional<SecretBytes> tested(SecretBytes key, Predicate<SecretBytes> fits) {
    if (key.lengthBytes() > 0 && fits.test(key)) {
      return Optional.of(key);
    }
    key.close();
    return Optional.empty();
  }

  private SecretBytes ask() {
    screen.accept("Unseal key (it is not shown):");
    Thread shown = new Thread(() -> stty("echo"), "echo");
    // Before echo goes, as Ctrl-C may come at any moment; it ends by this hook and not below.
    Runtime.getRuntime().addShutdownHook(shown);
    boolean terminal = stty("-echo");
    try {
      return line(System.in);
    } catch (IOException e) {
      throw new StartFailure("the unseal key can't be read: " + e.getMessage());
    } finally {
      if (terminal) {
        stty("echo");
      }
      forget(shown);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is on its way out, and the hook runs.
      return;
    }
  }

  /** False if there is no terminal to be told. */
  private static boolean stty(String word) {
    try {
      return new ProcessBuilder("stty", word)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectErrorStream(true)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static SecretBytes read(Path from) {
    try (InputStream in = Files.newInputStream(from)) {
      return line(in);
    } catch (IOException e) {
      throw new StartFailure("the unseal key can't be read from " + from);
    }
  }

  /** Byte by byte, so that nothing behind the line is taken. */
  private static SecretBytes line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      throw new StartFailure(
          "the unseal key is needed: type it, set COFFER_UNSEAL_KEY or use --unseal-key-fd");
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (line.size() < LONGEST && next > ' ') {
        line.write(next);
      }
    }
    return SecretBytes.takeOwnership(line.toByteArray());
  }

  @Override
  public void tell(SecretBytes fresh) {
    screen.accept("");
    screen.accept(
        "Unseal key: " + fresh.map(bytes -> new String(bytes, StandardCharsets.US_ASCII)));
    screen.accept("  Keep it: each start asks for it, and it is stored nowhere here. Without it");
    screen.accept("  all workspaces are lost; with it and this disk, all can be read.");
    screen.accept("");
    keepIfAsked(fresh);
  }

  @Override
  public void voidEarlier() {
    screen.accept("The first start was cut short before anything was kept: it begins anew, and an");
    screen.accept("unseal key that it may have shown opens nothing.");
    try {
      Files.deleteIfExists(remembered);
    } catch (IOException e) {
      throw new StartFailure(remembered + " can't be removed", e);
    }
  }

  private SecretBytes keepIfAsked(SecretBytes key) {
    if (!remember) {
      return key;
    }
    try {
      Files.deleteIfExists(remembered);
      Files.createFile(
          remembered,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      byte[] copy = key.map(byte[]::clone);
      Files.write(remembered, copy, StandardOpenOption.WRITE);
      java.util.Arrays.fill(copy, (byte) 0);
      screen.accept("The unseal key is kept in " + remembered + ", as asked: whoever has this");
      screen.accept("disk can now read every workspace.");
      return key;
    } catch (IOException e) {
      throw new StartFailure("the unseal key can't be kept in " + remembered, e);
    }
  }
}
