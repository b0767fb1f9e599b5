// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.invitation;

import dev.cofferdam.auth.people.People;
import dev.cofferdam.auth.share.Asker;
import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.auth.signin.Hashes;
import dev.cofferdam.auth.signin.PersonName;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.auth.signin.Tenancy;
import dev.cofferdam.auth.sshkey.KeyChallenge;
import dev.cofferdam.auth.sshkey.KeyProofs;
import dev.cofferdam.auth.sshkey.NewKey;
import dev.cofferdam.auth.sshkey.Signed;
import dev.cofferdam.auth.sshkey.SshKey;
import dev.cofferdam.auth.sshkey.SshKeys;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Decisions;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.decisions.Subject;
import dev.cofferdam.edge.Person;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import dev.cofferdam.secrets.SecretBytes;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Invitations and what becomes of them. Who may send one was decided before. */
@ApplicationScoped
public class Invitations {
  static final Duration LONGEST = Duration.ofDays(7);
  static final int MOST = 500;
  private static final String WAITING = "spentAt is null and revokedAt is null and expiresAt > ?1";
  private static final int TOKEN_BYTES = 32;

  private final People people;
  private final SshKeys keys;
  private final KeyProofs proofs;
  private final SignIns signIns;
  private final Tenancy tenancy;
  private final Outbox outbox;
  private final InstantSource clock;

  Invitations(
      People people,
      SshKeys keys,
      KeyProofs proofs,
      SignIns signIns,
      Tenancy tenancy,
      Outbox outbox,
      InstantSource clock) {
    this.outbox = outbox;
    this.clock = clock;
    this.people = people;
    this.keys = keys;
    this.proofs = proofs;
    this.signIns = signIns;
    this.tenancy = tenancy;
  }

  /** The token goes into a link, is shown once and is kept nowhere. */
  record Sent(Invitation invitation, String token) {
    @Override
    public String toString() {
      return "Sent[" + invitation.id + "]";
    }
  }

  /** Where somebody is who shows an invitation. */
  record From(String userAgent, String address) {}

  /** The key of somebody who was invited, which has signed a challenge; without a name its type. */
  record OwnKey(@Nullable String name, Signed signed) {}

  /** Whom an invitation has let in. */
  record Accepted(Account account, SshKey key) {}

  @Transactional
  List<Invitation> list() {
    return Invitation.list(WAITING, Sort.by("createdAt"), clock.instant());
  }

  @Transactional
  Optional<Invitation> find(UUID id) {
    return Invitation.find("id = ?2 and " + WAITING, clock.instant(), id).firstResultOptional();
  }

  /**
   * @throws ProblemException 409 if too many wait; 401 if the sign-in of who asks has ended
   *     meanwhile
   */
  @Transactional
  Sent send(Role role, Optional<PersonName> name, Optional<Instant> until, Person asking) {
    signIns.hold(asking);
    UserId by = asking.user();
    tenancy.requireSeveral();
    Instant now = clock.instant();
    if (Invitation.count(WAITING, now) >= MOST) {
      throw new ProblemException(
          Problem.of(
              "too-many-invitations", 409, "500 invitations wait already", "Take some back."));
    }
    String token = newToken();
    Invitation invitation = new Invitation();
    invitation.id = UUID.randomUUID();
    invitation.tokenHash = Hashes.of(token);
    invitation.role = role.wireName();
    invitation.name = name.map(PersonName::text).orElse("");
    invitation.createdBy = by.value();
    invitation.createdAt = now;
    invitation.expiresAt = until.map(end -> inRange(end, now)).orElse(now.plus(LONGEST));
    invitation.persist();
    outbox.add(changed(invitation, by, "added", now));
    return new Sent(invitation, token);
  }

  private static Instant inRange(Instant end, Instant now) {
    if (!end.isAfter(now) || end.isAfter(now.plus(LONGEST))) {
      throw new ProblemException(
          Problem.badField("expiresAt", "a time within the next seven days"));
    }
    return end;
  }

  /** Of two who take it back, one does. */
  @Transactional
  void takeBack(Invitation invitation, UserId by) {
    Instant now = clock.instant();
    int revoked =
        Invitation.update(
            "revokedAt = ?1 where id = ?2 and spentAt is null and revokedAt is null",
            now,
            invitation.id);
    if (revoked > 0) {
      outbox.add(changed(invitation, by, "revoked", now));
    }
  }

  /**
   * Takes back invitations that wait, also those from a replica whose clock is ahead.
   *
   * @return how many there were, at most as many as were asked for
   */
  @Transactional
  public int takeBackSome(int most, UserId by) {
    List<Invitation> some =
        Invitation.<Invitation>find(WAITING, Sort.by("id"), clock.instant()).page(0, most).list();
    some.forEach(invitation -> takeBack(invitation, by));
    return some.size();
  }

  /** Nobody has the account yet that it is for, so it concerns who sent it. */
  private static SecurityEvent changed(Invitation invitation, UserId by, String what, Instant now) {
    return new SecurityEvent.CredentialChanged(
        UUID.randomUUID(),
        now,
        invitation.sender(),
        by,
        "invitation",
        invitation.id.toString(),
        what);
  }

  /**
   * What has to be signed by the key of whoever was invited. It says for which name, where the
   * invitation has one.
   *
   * @throws ProblemException 410, the same for every token that lets nobody in; 429 if too many
   *     challenges of it wait
   */
  @Transactional
  KeyChallenge challenge(String token, From from) {
    Optional<Invitation> known = known(token);
    Invitation invitation =
        known
            .filter(found -> waits(found, clock.instant()) && maySend(found))
            .orElseThrow(() -> gone(known.map(found -> found.accountId), from));
    return proofs.challenge(
        prover(invitation, from),
        Asker.only("invitation " + invitation.id),
        "by an invitation" + (invitation.name.isEmpty() ? "" : " for " + invitation.name));
  }

  private static boolean waits(Invitation invitation, Instant now) {
    return invitation.spentAt == null
        && invitation.revokedAt == null
        && invitation.expiresAt.isAfter(now);
  }

  private static Optional<Invitation> known(String token) {
    return Invitation.<Invitation>find("tokenHash = ?1", Hashes.of(token)).firstResultOptional();
  }

  /**
   * Spends it, makes the account and registers its key, or none of these.
   *
   * @param chosen the name; may be empty if the invitation has one
   * @param from where they are, told of who is refused
   * @throws ProblemException 410, the same for every token that lets nobody in; whatever {@link
   *     KeyProofs#require} and {@link SshKeys#addProven} refuse
   */
  @Transactional
  Accepted accept(String token, Optional<PersonName> chosen, OwnKey key, From from) {
    Instant now = clock.instant();
    int spent =
        Invitation.update(
            "spentAt = ?1 where tokenHash = ?2 and spentAt is null and revokedAt is null"
                + " and expiresAt > ?1",
            now,
            Hashes.of(token));
    Optional<Invitation> known = known(token);
    Invitation invitation =
        known
            .filter(found -> spent == 1 && maySend(found))
            .orElseThrow(() -> gone(known.map(found -> found.accountId), from));
    NewKey proven =
        NewKey.proven(key.name(), proofs.require(key.signed(), prover(invitation, from)));
    Account account = people.add(name(invitation, chosen), invitation.role(), invitation.sender());
    invitation.accountId = account.id();
    return new Accepted(account, keys.addProven(account.user(), proven));
  }

  private static KeyProofs.Prover prover(Invitation invitation, From from) {
    return new KeyProofs.Prover(
        invitation.id, Refusal.of(KeyProofs.REFUSED, "").from(from.address(), from.userAgent()));
  }

  /** Whoever lost the right to invite has no invitations out either. */
  private static boolean maySend(Invitation invitation) {
    return Account.<Account>findByIdOptional(invitation.createdBy)
        .filter(sender -> !sender.isDisabled())
        .map(sender -> new Subject.Person(sender.user(), sender.role()))
        .filter(
            sender ->
                Decisions.decide(
                        sender,
                        Action.INVITATION_CREATE,
                        Resource.ofInstallation(Kind.INVITATION).becoming(invitation.role()))
                    .isAllowed())
        .isPresent();
  }

  private static PersonName name(Invitation invitation, Optional<PersonName> chosen) {
    if (invitation.name.isEmpty()) {
      return chosen.orElseGet(() -> PersonName.parse("name", null));
    }
    PersonName given = new PersonName(invitation.name);
    if (chosen.isPresent() && !chosen.get().equals(given)) {
      throw new ProblemException(
          Problem.badField("name", "the one in the invitation, or left out"));
    }
    return given;
  }

  private ProblemException gone(Optional<UUID> letIn, From from) {
    signIns.refused(
        Refusal.of("invitation-refused", "invitation-spent")
            .about(letIn.map(UUID::toString).orElse(""))
            .from(from.address(), from.userAgent()));
    return new ProblemException(
        Problem.of(
            "invitation-spent",
            410,
            "This invitation is not good any more",
            "It is good once, for a week at most. Ask whoever sent it for a new one."));
  }

  private static String newToken() {
    try (SecretBytes token = SecretBytes.random(TOKEN_BYTES)) {
      return token.toBase64Url();
    }
  }
}
