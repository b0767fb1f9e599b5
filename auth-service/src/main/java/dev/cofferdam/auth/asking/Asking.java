// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.asking;

import dev.cofferdam.auth.program.ApiKey;
import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.auth.signin.BrowserSession;
import dev.cofferdam.auth.signin.Tenancy;
import dev.cofferdam.decisions.Subject;
import dev.cofferdam.edge.Access;
import dev.cofferdam.edge.AccessTokens;
import dev.cofferdam.edge.Person;
import dev.cofferdam.edge.RefusedException;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.refusals.Look;
import dev.cofferdam.refusals.Refusal;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.InstantSource;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Whose token it is, as of now: other services believe a token for five minutes, here the account
 * and the sign-in are at hand. A role that was taken away is gone at once.
 */
@ApplicationScoped
public class Asking {
  private final JsonWebToken token;
  private final Access access;
  private final Tenancy tenancy;
  private final InstantSource clock;

  Asking(JsonWebToken token, Tenancy tenancy, InstantSource clock, Event<Look> looks) {
    this.tenancy = tenancy;
    this.clock = clock;
    this.token = token;
    access = new Access(this::subject, () -> AccessTokens.credential(token), looks::fire);
  }

  /** What they may do. */
  public Access access() {
    return access;
  }

  public UserId user() {
    return access.user();
  }

  /** What the token was issued for: the browser session or the like. */
  public UUID signIn() {
    return AccessTokens.person(token).signIn();
  }

  /** With all that the token says of them; what it says is of when it was issued. */
  public Person bearer() {
    return AccessTokens.person(token);
  }

  private Subject subject() {
    return switch (new Access(token).subject()) {
      case Subject.Person p -> QuarkusTransaction.joiningExisting().call(this::person);
      case Subject.Program p -> QuarkusTransaction.joiningExisting().call(() -> program(p));
      case Subject.SignedOut s -> s;
      case Subject.Part part -> part;
    };
  }

  private Subject.Person person() {
    Person person = AccessTokens.person(token);
    if (!isOpen(person.signIn())) {
      throw over(person, "sign-in-over");
    }
    return new Subject.Person(person.user(), account(person).role());
  }

  private Subject.Program program(Subject.Program program) {
    Person person = AccessTokens.person(token);
    if (!ApiKey.isGood(person.signIn(), clock.instant())) {
      throw over(person, "sign-in-over");
    }
    return new Subject.Program(program.user(), account(person).role(), program.scopes());
  }

  private boolean isOpen(UUID browserSession) {
    return BrowserSession.count(
            "id = ?1 and endedAt is null and expiresAt > ?2", browserSession, clock.instant())
        > 0;
  }

  private Account account(Person person) {
    return Account.<Account>findByIdOptional(person.user().value())
        .filter(account -> !account.isDisabled() && tenancy.admits(account))
        .orElseThrow(() -> over(person, "account-disabled"));
  }

  private static RefusedException over(Person person, String why) {
    return new RefusedException(
        Problem.signedOut(),
        Refusal.of("access-token-refused", why).by(person.user()).with(person.credential()));
  }
}
