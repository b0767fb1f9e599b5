// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Envelope;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.ledger.Fact;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who changed somebody's rights, and how, is in the ledger. */
class FactsTest {
  private static final UserId PERSON = UserId.random();
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
}
