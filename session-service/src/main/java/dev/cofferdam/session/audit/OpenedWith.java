// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.identity.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * With what a session was opened, as its row says. Each may be empty: rows of old versions lack it.
 *
 * @param signIn the browser session or key that asked, a UUID
 * @param credential which was shown, for instance a key's fingerprint, never a secret
 * @param address from where, as the gateway saw it
 */
record OpenedWith(String signIn, String credential, String address) {
  static final OpenedWith UNKNOWN = new OpenedWith("", "", "");

  /** From the columns {@code sign_in_id}, {@code credential} and {@code address}. */
  static OpenedWith of(ResultSet row) throws SQLException {
    UUID signIn = row.getObject(1, UUID.class);
    return new OpenedWith(
        signIn == null ? "" : signIn.toString(),
        Objects.requireNonNullElse(row.getString(2), ""),
        Objects.requireNonNullElse(row.getString(3), ""));
  }

  String signInWords() {
    return signIn.isEmpty() ? "" : "sign-in " + signIn;
  }

  /** The same of a sign-in that is known. */
  static String words(UUID signIn) {
    return "sign-in " + signIn;
  }

  /** Whose session it is and with what it was opened, where an entry names nobody who acted. */
  String whole(UserId user) {
    return Stream.of("of " + user, credential.isEmpty() ? "" : "key " + credential, signInWords())
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining(", "));
  }
}
