// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads a header with our cookie: what is taken is there in full and once. */
public final class FuzzedCookie {
  private static final Pattern OURS =
      Pattern.compile("(?:^|;)[\\s\\x1c-\\x1f]*__Host-coffer=([^;]*)");
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  private FuzzedCookie() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String header = new String(input, ISO_8859_1);
    Optional<String> taken = Cookie.secret(List.of(header));
    if (taken.isEmpty()) {
      return;
    }
    List<String> there =
        OURS.matcher(header).results().map((MatchResult m) -> m.group(1).strip()).toList();
    if (!SECRET.matcher(taken.get()).matches() || !there.equals(List.of(taken.get()))) {
      throw new AssertionError(header);
    }
  }
}
