// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

/**
 * One line of a {@code .pub} or {@code authorized_keys} file, without options.
 *
 * <pre>
 * line = type SP base64 [ SP comment ]
 * </pre>
 *
 * @param comment what stands behind the key, at most 200 printable characters, or nothing
 */
public record PublicKeyLine(SshPublicKey key, String comment) {
  /** A key of 8192 bits needs 1.4 KiB. */
  static final int LONGEST = 4096;

  private static final int LONGEST_COMMENT = 200;

  /** Reads it; blanks around it, and the line's end, may be there. */
  public static PublicKeyLine parse(String text) {
    String line = text.strip();
    if (line.length() > LONGEST || line.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new MalformedSsh("one line of at most 4096 printable characters");
    }
    String[] parts = line.split(" ", 3);
    if (parts.length < 2) {
      throw new MalformedSsh("a type and a key in base64, as in a .pub file");
    }
    SshPublicKey key = SshPublicKey.parse(Base64Text.decode(blobOf(parts)));
    if (!key.type().equals(parts[0])) {
      throw new MalformedSsh("the type is not the one in the key");
    }
    return new PublicKeyLine(key, parts.length == 3 ? comment(parts[2]) : "");
  }

  private static String blobOf(String[] parts) {
    if (parts[0].endsWith(UserCertificate.SUFFIX)) {
      throw new MalformedSsh("a certificate; paste the key in the .pub file that has no -cert");
    }
    return parts[1];
  }

  private static String comment(String text) {
    String comment = text.strip();
    return comment.length() <= LONGEST_COMMENT ? comment : comment.substring(0, LONGEST_COMMENT);
  }
}
