// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Actor;
import dev.cofferdam.events.Envelope;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.ledger.Fact;
import dev.cofferdam.ledger.Fact.Who;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who changed somebody's rights, and how, is in the ledger. */
class FactsTest {
  private static final UserId PERSON = UserId.random();
  private static final String KEY = "SHA256:Zm9yIHRlc3RzIG9ubHk";
  private static final UserId ADMIN = UserId.random();

  @Test
  void anotherQuotaSaysWhoseItIsAndWhoDidIt() {
    Fact fact =
        Facts.of(
            Envelope.of(
                new SecurityEvent.AccountChanged(
                    UUID.randomUUID(), Instant.now(), PERSON, ADMIN, "quota")),
            OpenedWith.UNKNOWN);
    assertThat(fact.who().actor()).isEqualTo(ADMIN.toString());
    assertThat(fact.what().kind()).isEqualTo("account-changed");
    assertThat(fact.what().subject()).isEqualTo(PERSON.toString());
    assertThat(fact.what().detail()).isEqualTo("quota");
  }

  @Test
  void anInvitationSaysWhoSentItWhoTookItBackAndWhich() {
    String invitation = UUID.randomUUID().toString();
    Fact fact =
        Facts.of(
            Envelope.of(
                new SecurityEvent.CredentialChanged(
                    UUID.randomUUID(),
                    Instant.now(),
                    PERSON,
                    ADMIN,
                    "invitation",
                    invitation,
                    "revoked")),
            OpenedWith.UNKNOWN);
    assertThat(fact.who().actor()).isEqualTo(ADMIN.toString());
    assertThat(fact.who().credential()).as("it was not done with it").isEmpty();
    assertThat(fact.what().subject()).isEqualTo(PERSON.toString());
    assertThat(fact.what().detail()).isEqualTo("revoked invitation " + invitation);
  }

  private static Fact end(SecurityEvent.SignInEnded event, Actor actor) {
    return Facts.of(new Envelope(event, actor, Optional.empty()), OpenedWith.UNKNOWN);
  }

  private static SecurityEvent.SignInEnded ended(String reason) {
    return new SecurityEvent.SignInEnded(
        UUID.randomUUID(), Instant.now(), PERSON, UUID.randomUUID(), reason, "ssh-key", KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "signed-out",
        "provider-signed-out",
        "refresh-token-reused",
        "key-revoked",
        "role-changed",
        "account-disabled",
        "ended-elsewhere",
        "ended-by-admin"
      })
  void whatEndsWithoutATokenSaysWhichKeyHadSignedIn(String reason) {
    Fact fact = end(ended(reason), new Actor(Optional.empty(), "", "192.0.2.7"));
    assertThat(fact.who().actor()).isEqualTo(PERSON.toString());
    assertThat(fact.who().credential()).isEqualTo(KEY);
    assertThat(fact.who().address()).isEqualTo(reason.equals("signed-out") ? "192.0.2.7" : "");
  }

  @Test
  void whoEndsAnothersSignInIsThereWithTheirOwnKey() {
    Actor admin = new Actor(Optional.of(ADMIN), "SHA256:admin", "192.0.2.8");
    Fact fact = end(ended("ended-by-admin"), admin);
    assertThat(fact.who()).isEqualTo(new Who(ADMIN.toString(), "SHA256:admin", "192.0.2.8"));
  }

  @Test
  void anEndFromBeforeEventsSaidItHasNoKey() {
    Fact fact =
        end(
            new SecurityEvent.SignInEnded(
                UUID.randomUUID(), Instant.now(), PERSON, UUID.randomUUID(), "signed-out"),
            Actor.NOBODY);
    assertThat(fact.who()).isEqualTo(Who.of(PERSON));
  }
}
