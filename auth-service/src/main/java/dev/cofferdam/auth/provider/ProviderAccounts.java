// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import dev.cofferdam.auth.people.People;
import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.auth.signin.Method;
import dev.cofferdam.auth.signin.Proof;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.Role;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * The account of whom a provider vouches for: found by issuer and subject and by nothing else, made
 * at the first sign-in if the file admits the person. Addresses and names link to nothing: they
 * change hands.
 */
@ApplicationScoped
class ProviderAccounts {
  /** Of all accounts: what is left is for those whom owners and admins add. */
  static final int MOST = Account.MOST / 10 * 9;

  private final SignIns signIns;
  private final People people;
  private final Outbox outbox;
  private final Locks locks;
  private final InstantSource clock = InstantSource.system();

  ProviderAccounts(SignIns signIns, People people, Outbox outbox, Locks locks) {
    this.signIns = signIns;
    this.people = people;
    this.outbox = outbox;
    this.locks = locks;
  }

  /**
   * All or nothing: account, role, session, and which session there it hangs on.
   *
   * @throws ProblemException 403 {@code not-admitted} or {@code account-disabled}; 409 {@code
   *     too-many-people} for somebody new; 410 if the session there has ended meanwhile
   */
  @Transactional
  SignIns.Outcome.SignedIn open(Provider provider, Identity who, ProviderSignIns.From from) {
    locks.person(who.issuer(), Optional.of(who.subject()), who.session());
    requireLiving(who, from);
    Account account = account(provider, who, from);
    SignIns.Outcome.SignedIn in = signIns.open(account, proof(provider, who, from));
    ProviderSession session = new ProviderSession();
    session.browserSessionId = in.session().id();
    session.accountId = account.id();
    session.issuer = who.issuer();
    session.subject = who.subject();
    session.sid = who.session().orElse(null);
    session.persist();
    return in;
  }

  private static Proof proof(Provider provider, Identity who, ProviderSignIns.From from) {
    Method method =
        switch (provider) {
          case Provider.Oidc oidc -> Method.OIDC;
          case Provider.GitHub hub -> Method.GITHUB;
        };
    return new Proof(
        method,
        provider.id() + ":" + who.subject(),
        from.userAgent(),
        from.address(),
        who.endsAt());
  }

  /** A logout there may overtake the sign-in here. */
  private void requireLiving(Identity who, ProviderSignIns.From from) {
    if (ProviderLogout.endsSessionOf(who) || ProviderLogout.endsAllOf(who)) {
      String whose = ProviderIdentity.of(who).map(known -> known.accountId.toString()).orElse("");
      signIns.refused(from.refusal("signed-out-there").about(whose));
      throw new ProblemException(
          Problem.of("sign-in-expired", 410, "This sign-in is over", "Begin again."));
    }
  }

  private Account account(Provider provider, Identity who, ProviderSignIns.From from) {
    Admission admission = provider.common().admission();
    Optional<ProviderIdentity> known = ProviderIdentity.of(who);
    boolean admitted = admission.admits(who);
    if (!admitted && (known.isEmpty() || !admission.isSilent())) {
      signIns.refused(
          from.refusal("not-admitted")
              .about(known.map(identity -> identity.accountId.toString()).orElse(provider.id()))
              .with(proof(provider, who, from).credential()));
      throw new ProblemException(
          Problem.of(
              "not-admitted",
              403,
              "You are not admitted here",
              "You are signed in at "
                  + provider.common().name()
                  + ", but this server does not let you in. Ask its owner."));
    }
    Instant now = clock.instant();
    if (known.isEmpty()) {
      return added(provider, who, from, now);
    }
    known.get().lastUsedAt = now;
    Account account = people.locked(known.get().accountId);
    admission.givenRole(who).or(() -> fallback(admission)).ifPresent(r -> become(account, r));
    return account;
  }

  /** Where groups give roles, who is in none of them and admitted all the same is a member. */
  private static Optional<Role> fallback(Admission admission) {
    return admission.roles().isEmpty() ? Optional.empty() : Optional.of(Role.MEMBER);
  }

  /** Owners are made and unmade here only. */
  private void become(Account account, Role role) {
    if (account.role() != Role.OWNER && account.role() != role) {
      people.become(account, role, account.user());
    }
  }

  private Account added(Provider provider, Identity who, ProviderSignIns.From from, Instant now) {
    locks.names();
    requireRoom(provider, who, from);
    Role role = provider.common().admission().givenRole(who).orElse(Role.MEMBER);
    Account account = Account.person(AccountNames.free(who.name()), role, now);
    account.persist();
    ProviderIdentity identity = new ProviderIdentity();
    identity.id = UUID.randomUUID();
    identity.issuer = who.issuer();
    identity.subject = who.subject();
    identity.provider = provider.id();
    identity.accountId = account.id();
    identity.createdAt = now;
    identity.lastUsedAt = now;
    identity.persist();
    changed(account, "added", now);
    return account;
  }

  private void requireRoom(Provider provider, Identity who, ProviderSignIns.From from) {
    if (Account.count() >= MOST) {
      signIns.refused(
          from.refusal("too-many-people")
              .about(provider.id())
              .with(proof(provider, who, from).credential()));
      throw Account.noRoom("There are " + MOST + " already. Only an owner or admin adds more.");
    }
  }

  private void changed(Account account, String what, Instant now) {
    outbox.add(
        new SecurityEvent.AccountChanged(
            UUID.randomUUID(), now, account.user(), account.user(), what));
  }
}
