// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.passkey;

import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.extension.authenticator.RegistrationExtensionAuthenticatorOutput;
import dev.cofferdam.auth.signin.Method;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.edge.Person;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The passkeys of accounts; at most {@value #MOST} of one account are in use. */
@ApplicationScoped
class Passkeys {
  static final int MOST = 20;
  private static final String KIND = "passkey";

  private final Outbox outbox;
  private final SignIns signIns;
  private final CoseKeys keys;
  private final InstantSource clock;

  Passkeys(Outbox outbox, SignIns signIns, CoseKeys keys, InstantSource clock) {
    this.outbox = outbox;
    this.signIns = signIns;
    this.keys = keys;
    this.clock = clock;
  }

  @Transactional
  List<Passkey> of(UUID account) {
    return Passkey.list(
        "accountId = ?1 and revokedAt is null", Sort.by("createdAt").and("id"), account);
  }

  @Transactional
  Optional<Passkey> find(String credentialId) {
    return Passkey.find("credentialId = ?1 and revokedAt is null", credentialId)
        .firstResultOptional();
  }

  @Transactional
  Optional<Passkey> find(UUID id) {
    return Passkey.find("id = ?1 and revokedAt is null", id).firstResultOptional();
  }

  /** A full account is told before its authenticator makes a key for nothing. */
  void requireRoom(List<Passkey> existing) {
    if (existing.size() >= MOST) {
      throw new ProblemException(
          Problem.of("too-many-passkeys", 409, "You have 20 passkeys", "Remove one first."));
    }
  }

  @Transactional
  Passkey add(Person asking, String name, RegistrationData verified) {
    signIns.hold(asking);
    UUID account = asking.user().value();
    requireRoom(of(account));
    Passkey passkey = passkey(account, name, verified);
    if (Passkey.count("credentialId", passkey.credentialId) > 0) {
      throw new ProblemException(
          Problem.of(
              "passkey-known", 409, "This passkey is registered", "Use another authenticator."));
    }
    passkey.persistAndFlush();
    tell(passkey, "added");
    return passkey;
  }

  private Passkey passkey(UUID account, String name, RegistrationData verified) {
    AuthenticatorData<RegistrationExtensionAuthenticatorOutput> said =
        verified.getAttestationObject().getAuthenticatorData();
    AttestedCredentialData made = said.getAttestedCredentialData();
    Passkey passkey = new Passkey();
    passkey.id = UUID.randomUUID();
    passkey.credentialId = base64(made.getCredentialId());
    passkey.accountId = account;
    passkey.name = name;
    passkey.publicKey = keys.write(made.getCOSEKey());
    passkey.signCount = said.getSignCount();
    passkey.aaguid = made.getAaguid().getValue();
    passkey.transports = transports(verified.getTransports());
    passkey.backupEligible = said.isFlagBE();
    passkey.backedUp = said.isFlagBS();
    passkey.createdAt = clock.instant();
    return passkey;
  }

  /** Only those that the specification knows: the browser's word goes into options later. */
  private static String transports(@Nullable Set<AuthenticatorTransport> given) {
    Set<AuthenticatorTransport> all = given == null ? Set.of() : given;
    return Options.TRANSPORTS.stream()
        .filter(word -> all.contains(AuthenticatorTransport.create(word)))
        .collect(Collectors.joining(","));
  }

  /**
   * Counts a verified use, in one statement, so that of two answers with the same count one is
   * refused.
   *
   * @return false if it was revoked or used meanwhile
   */
  @Transactional(Transactional.TxType.MANDATORY)
  boolean use(Passkey passkey, long signCount, boolean backedUp) {
    return Passkey.update(
            "signCount = ?1, backedUp = ?2, lastUsedAt = ?3 where id = ?4 and revokedAt is null"
                + " and (signCount < ?1 or (signCount = 0 and ?1 = 0))",
            signCount,
            backedUp,
            clock.instant(),
            passkey.id)
        == 1;
  }

  /** Ends what it opened, too. */
  @Transactional
  void revoke(Passkey passkey) {
    int revoked =
        Passkey.update(
            "revokedAt = ?1 where id = ?2 and revokedAt is null", clock.instant(), passkey.id);
    if (revoked == 1) {
      tell(passkey, "revoked");
      signIns.endOpenedBy(
          new UserId(passkey.accountId), Method.PASSKEY, passkey.credential(), "key-revoked");
    }
  }

  private void tell(Passkey passkey, String what) {
    UserId user = new UserId(passkey.accountId);
    outbox.add(
        new SecurityEvent.CredentialChanged(
            UUID.randomUUID(), clock.instant(), user, user, KIND, passkey.credential(), what));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
