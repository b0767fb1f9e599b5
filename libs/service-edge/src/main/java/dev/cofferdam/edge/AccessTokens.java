// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.identity.Quota;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.arc.ClientProxy;
import java.util.Base64;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Whose token it is, once signature, issuer, audience and time were verified by the framework. */
public final class AccessTokens {
  /** RFC 9068 section 2.1: no other kind of token may pass for an access token. */
  private static final String TYPE = "\"typ\":\"at+jwt\"";

  private AccessTokens() {}

  public static UserId user(JsonWebToken token) {
    String raw = token.getRawToken();
    if (raw == null || !header(raw).contains(TYPE)) {
      throw new ProblemException(Problem.signedOut());
    }
    try {
      return UserId.parse(token.getSubject());
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.signedOut(), e);
    }
  }

  /**
   * Who it is with all that the token says of them.
   *
   * @throws ProblemException 401 for a token that lacks any of it
   */
  public static Person person(JsonWebToken token) {
    JsonWebToken itself = ClientProxy.unwrap(token);
    return itself instanceof ReadOnce known ? known.person() : read(itself);
  }

  /**
   * The same, read anew.
   *
   * @throws ProblemException 401 for a token that lacks any of it
   */
  public static Person read(JsonWebToken token) {
    UserId user = user(token);
    try {
      return new Person(
          user,
          Role.parse(text(token, "role")),
          UUID.fromString(text(token, "sid")),
          text(token, "cred"));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.signedOut(), e);
    }
  }

  /**
   * How much they may have.
   *
   * @throws ProblemException 401 for a token that does not say it
   */
  public static Quota quota(JsonWebToken token) {
    try {
      return Quota.parse(text(token, "quota"));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.signedOut(), e);
    }
  }

  /** What they signed in with; empty if the token does not say. */
  public static String credential(JsonWebToken token) {
    return token.getClaim("cred") instanceof String text ? text : "";
  }

  /** How they signed in, for instance {@code ssh-key}; empty if the token does not say. */
  public static String method(JsonWebToken token) {
    // A list of JSON strings, which come in their quotes (RFC 8176 section 1).
    return token.getClaim("amr") instanceof Iterable<?> methods && methods.iterator().hasNext()
        ? methods.iterator().next().toString().replace("\"", "")
        : "";
  }

  private static String text(JsonWebToken token, String claim) {
    if (token.getClaim(claim) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(claim + " is missing");
  }

  private static String header(String raw) {
    int dot = raw.indexOf('.');
    return new String(Base64.getUrlDecoder().decode(raw.substring(0, dot)), US_ASCII);
  }
}
