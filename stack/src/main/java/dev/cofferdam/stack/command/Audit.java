// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.command;

import dev.cofferdam.ledger.HeadKeys;
import dev.cofferdam.ledger.Verdict;
import dev.cofferdam.ledger.Verifier;
import dev.cofferdam.stack.place.DataDirectory;
import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code coffer audit verify}: checks an export of the audit ledger. Nothing has to run, and
 * nothing but the files is asked.
 */
public final class Audit {
  private static final int LONGEST_KEY_BYTES = 65_536;

  private final Path export;
  private final Path key;
  private final Optional<Path> heads;

  private Audit(Path export, Path key, Optional<Path> heads) {
    this.export = export;
    this.key = key;
    this.heads = heads;
  }

  /**
   * @param words behind {@code audit}
   * @throws WrongUsage if they are not {@code verify FILE} with its options
   */
  public static Audit parse(List<String> words) {
    if (words.isEmpty() || !words.getFirst().equals("verify")) {
      throw new WrongUsage("audit can verify: ./coffer audit verify FILE");
    }
    Path export = null;
    Path key = null;
    Path heads = null;
    DataDirectory data = Options.parse(List.of(), Commands.OPTIONS).data();
    Iterator<String> rest = words.subList(1, words.size()).iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      switch (word) {
        case "--key" -> key = Path.of(value(word, rest));
        case "--heads" -> heads = Path.of(value(word, rest));
        case "--data" ->
            data = Options.parse(List.of(word, value(word, rest)), Commands.OPTIONS).data();
        default -> {
          if (word.startsWith("-")) {
            throw new WrongUsage("audit verify does not know '" + word + "'");
          }
          if (export != null) {
            throw new WrongUsage("audit verify takes one file");
          }
          export = Path.of(word);
        }
      }
    }
    if (export == null) {
      throw new WrongUsage("audit verify needs the file that was exported");
    }
    Optional<Path> anchors = Optional.ofNullable(heads);
    return new Audit(
        export,
        key == null ? data.auditKey() : key,
        // Somebody else's ledger has somebody else's heads.
        key == null ? anchors.or(existing(data)) : anchors);
  }

  private static java.util.function.Supplier<Optional<Path>> existing(DataDirectory data) {
    return () -> Optional.of(data.auditHeads()).filter(Files::exists);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new WrongUsage(option + " needs a value");
    }
    return rest.next();
  }

  /** Exit status 0 and a line if all is good, 1 and a line that names the first bad row if not. */
  public int verify() throws IOException {
    HeadKeys keys = keys();
    require(export);
    heads.ifPresent(Audit::require);
    try (Reader lines = Files.newBufferedReader(export);
        Reader anchors =
            heads.isPresent() ? Files.newBufferedReader(heads.get()) : Reader.nullReader()) {
      return tell(Verifier.verifyExport(keys, lines, anchors));
    } catch (MalformedInputException e) {
      throw new StartFailure("a file is not UTF-8: it is no export", e);
    }
  }

  private static int tell(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Good good -> {
        System.out.println(
            "%d entries, %d heads, all good up to %s"
                .formatted(good.entries(), good.heads(), good.upTo()));
        yield 0;
      }
      case Verdict.Bad bad -> {
        System.out.println(
            "row %d is bad (%s): %s"
                .formatted(
                    bad.row(),
                    bad.flaw().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    bad.why()));
        yield 1;
      }
    };
  }

  private HeadKeys keys() throws IOException {
    require(key);
    if (Files.size(key) > LONGEST_KEY_BYTES) {
      throw new StartFailure(key + " is no public key");
    }
    try {
      return HeadKeys.parse(Files.readString(key));
    } catch (IllegalArgumentException | MalformedInputException e) {
      throw new StartFailure(key + ": " + e.getMessage(), e);
    }
  }

  private static void require(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new StartFailure(file + " can't be read");
    }
  }
}
