// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Links for whoever is at the machine itself: into the owner's account, or for somebody who has
 * lost their key. A link for a named person is told to them as a new key is, and in the events as
 * done by the owner, since who prints one could sign in as the owner as well.
 */
@ApplicationScoped
class OperatorLinks {
  private final SignIns signIns;
  private final Tenancy tenancy;
  private final Outbox outbox;

  OperatorLinks(SignIns signIns, Tenancy tenancy, Outbox outbox) {
    this.signIns = signIns;
    this.tenancy = tenancy;
    this.outbox = outbox;
  }

  @Transactional
  String forOwner() {
    return signIns.newLink(tenancy.first());
  }

  /**
   * @throws ProblemException 404 unless a person has this name, 403 {@code account-disabled} if
   *     they could not sign in with it
   */
  @Transactional
  String forPerson(PersonName name) {
    Account account =
        Account.named(name.text())
            .filter(Account::isPerson)
            .orElseThrow(() -> new ProblemException(Problem.notFound("person")));
    signIns.requireOn(account);
    outbox.add(changed(account.user(), tenancy.first().user(), "added"));
    return signIns.newLink(account);
  }

  /**
   * Lets links expire that nobody has used. They end long ago, as other replicas' clocks may be
   * behind.
   *
   * @return how many there were, at most as many as were asked for
   */
  @Transactional
  int withdrawSome(int most, UserId by) {
    Instant now = Instant.now();
    List<Link> open =
        Link.<Link>find(
                "spentAt is null and expiresAt > ?1", Sort.by("createdAt").and("tokenHash"), now)
            .page(0, most)
            .list();
    for (Link link : open) {
      int withdrawn =
          Link.update(
              "expiresAt = ?1 where tokenHash = ?2 and spentAt is null and expiresAt > ?3",
              Instant.EPOCH,
              link.tokenHash,
              now);
      if (withdrawn > 0) {
        outbox.add(changed(new UserId(link.accountId), by, "revoked"));
      }
    }
    return open.size();
  }

  private static SecurityEvent changed(UserId whose, UserId by, String what) {
    return new SecurityEvent.CredentialChanged(
        UUID.randomUUID(), Instant.now(), whose, by, Method.LINK.wireName(), "", what);
  }
}
