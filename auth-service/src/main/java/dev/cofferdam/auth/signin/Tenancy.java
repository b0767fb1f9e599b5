// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * Whether this installation is for one person, {@code coffer.people.only}, and who that is. Then
 * nobody else signs in, and nobody is added. The owner of a fresh installation takes the name.
 */
@ApplicationScoped
public class Tenancy {
  private final Optional<String> only;

  Tenancy(PeopleConfig config) {
    only = config.only().map(String::strip).filter(name -> !name.isEmpty());
  }

  void nameTheOwner(@Observes StartupEvent started) {
    only.ifPresent(
        name -> {
          requireName(name);
          QuarkusTransaction.requiringNew().run(() -> nameTheOwner(name));
        });
  }

  private static void requireName(String name) {
    try {
      PersonName.parse("coffer.people.only", name);
    } catch (ProblemException e) {
      throw new ConfigurationException(e.problem().detail(), e);
    }
  }

  private static void nameTheOwner(String name) {
    if (Account.named(name).isPresent()) {
      return;
    }
    if (Account.count() != 1) {
      throw new ConfigurationException(
          "coffer.people.only: nobody here has the name "
              + name
              + "; write the name of somebody who is there, or leave the setting out");
    }
    Account.owner().name = name;
  }

  /** Whether this account may be signed in here at all. */
  public boolean admits(Account account) {
    return admits(account.name());
  }

  /** The same for the account of that name. */
  public boolean admits(String accountName) {
    return only.map(name -> name.equalsIgnoreCase(accountName)).orElse(true);
  }

  /** For whom a link is that names nobody. */
  Account first() {
    return only.flatMap(Account::named).orElseGet(Account::owner);
  }

  /**
   * @throws ProblemException 409 if the installation is for one person
   */
  public void requireSeveral() {
    if (only.isPresent()) {
      throw new ProblemException(
          Problem.of(
              "one-person-only",
              409,
              "This server is for one person",
              "Start it without the setting coffer.people.only to let others in."));
    }
  }
}
