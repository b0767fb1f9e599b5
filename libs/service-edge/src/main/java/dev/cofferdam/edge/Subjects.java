// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.decisions.Scope;
import dev.cofferdam.decisions.Subject;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.arc.ClientProxy;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * The subject of a verified access token. Its claim {@code role} is a word of {@link Role}; a token
 * with the claim {@code scope}, be it empty, is a program's: scopes as {@link Scope} writes them
 * with a space between each. What cannot be read is nobody's token.
 */
public final class Subjects {
  private static final String ROLE = "role";
  private static final String SCOPE = "scope";

  private Subjects() {}

  static Subject of(JsonWebToken token) {
    JsonWebToken itself = ClientProxy.unwrap(token);
    return itself instanceof ReadOnce known ? known.subject() : read(itself);
  }

  /**
   * Who it is, read anew.
   *
   * @throws ProblemException 401 for a token that does not say
   */
  public static Subject read(JsonWebToken token) {
    UserId user = AccessTokens.user(token);
    Object role = token.getClaim(ROLE);
    Object scope = token.getClaim(SCOPE);
    try {
      return of(user, String.valueOf(role), scope == null ? null : scope.toString());
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.signedOut(), e);
    }
  }

  /**
   * Whom another part names that acts for them.
   *
   * @param scope of a program, null for a person
   * @throws IllegalArgumentException for a role or scope that there is not
   */
  public static Subject of(UserId user, String role, @Nullable String scope) {
    return scope == null
        ? new Subject.Person(user, Role.parse(role))
        : new Subject.Program(user, Role.parse(role), scopes(scope));
  }

  /** The scopes of a program as {@link #of} reads them, null for a person. */
  public static @Nullable String scope(Subject subject) {
    return subject instanceof Subject.Program program
        ? program.scopes().stream().map(Scope::toString).sorted().collect(Collectors.joining(" "))
        : null;
  }

  /** The role of who has one. */
  public static Optional<Role> role(Subject subject) {
    return switch (subject) {
      case Subject.Person person -> Optional.of(person.role());
      case Subject.Program program -> Optional.of(program.role());
      case Subject.SignedOut s -> Optional.empty();
      case Subject.Part part -> Optional.empty();
    };
  }

  private static Set<Scope> scopes(String text) {
    return Arrays.stream(text.split(" ", -1))
        .filter(word -> !word.isEmpty())
        .map(Scope::parse)
        .collect(Collectors.toSet());
  }
}
