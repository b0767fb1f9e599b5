// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import dev.cofferdam.auth.name.VisibleText;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.ssh.MalformedSsh;
import dev.cofferdam.ssh.PublicKeyLine;
import dev.cofferdam.ssh.SshPublicKey;
import org.jspecify.annotations.Nullable;

/** A key that somebody wants to register, read and named. */
public record NewKey(String name, SshPublicKey key) {
  private static final int LONGEST_NAME = 100;

  /**
   * @param name empty or null for the comment in the line, or else the type
   * @param line as in a {@code .pub} file
   * @throws ProblemException 400 naming {@code publicKey} or {@code name}
   */
  public static NewKey read(@Nullable String name, @Nullable String line) {
    PublicKeyLine read = line(line);
    return new NewKey(name(name, named(read)), read.key());
  }

  /**
   * A key that has signed, and so came without a comment.
   *
   * @param name empty or null for the type
   * @throws ProblemException 400 naming {@code name}
   */
  public static NewKey proven(@Nullable String name, SshPublicKey key) {
    return new NewKey(name(name, key.type()), key);
  }

  private static String name(@Nullable String name, String otherwise) {
    String given = (name == null || name.isBlank() ? otherwise : name).strip();
    if (given.length() > LONGEST_NAME || !VisibleText.is(given)) {
      throw new ProblemException(Problem.badField("name", "at most 100 printable characters"));
    }
    return given;
  }

  private static PublicKeyLine line(@Nullable String line) {
    try {
      return PublicKeyLine.parse(line == null ? "" : line);
    } catch (MalformedSsh e) {
      throw new ProblemException(
          Problem.badField(
              "publicKey",
              "one line of a .pub file: ssh-ed25519, sk-ssh-ed25519, ecdsa-sha2-nistp256, or"
                  + " ssh-rsa of at least 3072 bits ("
                  + e.getMessage()
                  + ")"),
          e);
    }
  }

  private static String named(PublicKeyLine line) {
    String comment = line.comment();
    if (comment.isEmpty()) {
      return line.key().type();
    }
    if (comment.length() <= LONGEST_NAME) {
      return comment;
    }
    boolean whole = !Character.isHighSurrogate(comment.charAt(LONGEST_NAME - 1));
    return comment.substring(0, whole ? LONGEST_NAME : LONGEST_NAME - 1);
  }
}
