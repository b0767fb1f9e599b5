// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import dev.cofferdam.auth.signin.Account;
import java.util.Locale;

/** A name for an account, made of what a provider calls a person. It means nothing but a label. */
final class AccountNames {
  static final int LONGEST = 40;
  private static final String NOBODY = "person";

  private AccountNames() {}

  /** One that no account has; the caller holds the lock on names. */
  static String free(String told) {
    String wanted = clean(told);
    String name = wanted;
    for (int number = 2; isTaken(name); number++) {
      name = wanted + "-" + number;
    }
    return name;
  }

  /** Small letters, digits, dot, hyphen and underscore; without what follows an @. */
  static String clean(String told) {
    String name =
        told.replaceFirst("@.*", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9._-]+", "-")
            .replaceAll("^[._-]+|[._-]+$", "");
    String cut = name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    return cut.isEmpty() ? NOBODY : cut;
  }

  private static boolean isTaken(String name) {
    return Account.count("lower(name) = ?1", name) > 0;
  }
}
