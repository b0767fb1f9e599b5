// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.decisions.Scope;
import dev.cofferdam.decisions.Subject;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The subject of a verified access token. Its claim {@code role} is a word of {@link Role}; a token
 * with the claim {@code scope}, be it empty, is a program's: scopes as {@link Scope} writes them
 * with a space between each. What cannot be read is nobody's token.
 */
final class Subjects {
  static final String ROLE = "role";
  static final String SCOPE = "scope";

  private Subjects() {}

  static Subject of(JsonWebToken token) {
    UserId user = AccessTokens.user(token);
    Object word = token.getClaim(ROLE);
    Object scope = token.getClaim(SCOPE);
    try {
      Role role = Role.parse(String.valueOf(word));
      return scope == null
          ? new Subject.Person(user, role)
          : new Subject.Program(user, role, scopes(scope.toString()));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.signedOut(), e);
    }
  }

  private static Set<Scope> scopes(String text) {
    return Arrays.stream(text.split(" ", -1))
        .filter(word -> !word.isEmpty())
        .map(Scope::parse)
        .collect(Collectors.toSet());
  }
}
