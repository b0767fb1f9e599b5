// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.secrets.SecretBytes;
import dev.cofferdam.vaultsetup.SealStatus;
import dev.cofferdam.vaultsetup.SupervisorLogin;
import dev.cofferdam.vaultsetup.VaultAdmin;
import dev.cofferdam.vaultsetup.VaultRefused;
import dev.cofferdam.vaultsetup.VaultUnreachable;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What each part may do in Vault and, above all, what not (rule V1). */
class VaultSetUpIT {
  private static BaoServer bao;

  @BeforeAll
  static void start() {
    bao = BaoServer.start();
    BaoAdministrator admin = bao.administrator();
    admin.write("transit/keys/ws-one", Map.of("type", "aes256-gcm96"));
    admin.write("transit/keys/other", Map.of("type", "aes256-gcm96"));
  }

  @AfterAll
  static void stop() {
    bao.close();
  }

  @Test
  void isReadyAndHasNoRootToken() {
    assertThat(VaultAdmin.at(bao.address()).sealStatus()).isEqualTo(new SealStatus(true, false));
    BaoAdministrator admin = bao.administrator();
    // The administrator of these tests is an orphan that the test made; nothing else is left.
    assertThat(admin.read("auth/token/lookup-self").data().path("orphan").asBoolean()).isTrue();
    assertThat(admin.as("s.unknown").read("auth/token/lookup-self").status()).isEqualTo(403);
  }

  @Test
  void nobodyInitialisesTwice() {
    VaultAdmin admin = VaultAdmin.at(bao.address());
    assertThatThrownBy(admin::initialise).isInstanceOf(VaultRefused.class);
  }

  @Test
  void aWrongUnsealKeyIsToldWithoutAnException() {
    VaultAdmin admin = VaultAdmin.at(bao.address());
    bao.seal();
    try {
      for (String wrong :
          List.of("", "x", "\"}", "A".repeat(43) + "=", "ü".repeat(4), "A".repeat(44))) {
        assertThat(admin.unseal(SecretBytes.takeOwnership(wrong.getBytes(UTF_8))))
            .as(wrong)
            .isFalse();
      }
    } finally {
      bao.unseal();
    }
  }

  @Test
  void aWrongKeyDoesNotSignInAsSupervisor() {
    VaultAdmin admin = VaultAdmin.at(bao.address());
    for (String wrong : List.of("", "!", "A".repeat(43) + "=")) {
      assertThatThrownBy(() -> admin.login(SecretBytes.takeOwnership(wrong.getBytes(US_ASCII))))
          .isInstanceOf(VaultRefused.class);
    }
  }

  @Test
  void setUpMayBeRepeatedAndRevokesItsRootToken() {
    String root =
        bao.administrator()
            .write("auth/token/create-orphan", Map.of("policies", List.of("root")))
            .json()
            .at("/auth/client_token")
            .asText();
    SecretBytes key = SecretBytes.takeOwnership(("B".repeat(43) + "=").getBytes(US_ASCII));
    try (SupervisorLogin login =
        VaultAdmin.at(bao.address())
            .setUp(SecretBytes.takeOwnership(root.getBytes(US_ASCII)), key)) {
      assertThat(login.valid()).isTrue();
      assertThat(login.ticketPublicKey()).isEqualTo(bao.ticketPublicKey());
    }
    assertThat(bao.administrator().as(root).read("auth/token/lookup-self").status()).isEqualTo(403);
  }

  @Test
  void theKeyOfAccessTokensIsRenewedByVaultEachMonth() {
    assertThat(
            bao.administrator()
                .read("transit/keys/access-token")
                .data()
                .path("auto_rotate_period")
                .asLong())
        .isEqualTo(Duration.ofDays(30).toSeconds());
  }

  @Test
  void saysThatNobodyAnswers() {
    VaultAdmin admin = VaultAdmin.at(URI.create("http://127.0.0.1:" + FreePort.pick()));
    assertThatThrownBy(admin::sealStatus).isInstanceOf(VaultUnreachable.class);
  }

  @Test
  void aSecretIdIsOnlyToldWrappedAndSignsInItsRole() {
    BaoAdministrator supervisor = bao.withRightsOf("supervisor");
    for (String role : List.of("auth", "session", "workspace")) {
      String path = "auth/approle/role/" + role + "/secret-id";
      assertThat(supervisor.write(path, Map.of()).status()).isEqualTo(403);
      assertThat(supervisor.write(path, Map.of(), "X-Vault-Wrap-TTL", "600s").status())
          .isEqualTo(403);
      String secretId =
          bao.administrator()
              .as(bao.wrappedSecretId(role))
              .write("sys/wrapping/unwrap", Map.of())
              .data()
              .path("secret_id")
              .asText();
      BaoAdministrator.Answer login =
          bao.administrator()
              .write("auth/approle/login", Map.of("role_id", role, "secret_id", secretId));
      assertThat(login.json().at("/auth/token_policies")).hasToString("[\"" + role + "\"]");
      assertThat(login.json().at("/auth/lease_duration").asInt()).isEqualTo(900);
      assertThat(login.json().at("/auth/renewable").asBoolean()).isTrue();
    }
  }

  @Test
  void theSupervisorDoesNothingElse() {
    refuses(
        "supervisor",
        List.of(
            "auth/approle/role/supervisor/secret-id",
            "auth/approle/role/workspace",
            "auth/approle/role/auth/custom-secret-id",
            "sys/policies/acl/workspace",
            "sys/seal",
            "transit/decrypt/ws-one",
            "transit/keys/ws-one",
            "transit/sign/access-token/sha2-256",
            "auth/token/create"),
        List.of("transit/export/signing-key/session-tickets", "sys/policies/acl/workspace"));
  }

  @Test
  void authSignsAndCanDoNothingElse() {
    BaoAdministrator auth = bao.withRightsOf("auth");
    Map<String, Object> input =
        Map.of("input", Base64.getEncoder().encodeToString("x".getBytes(US_ASCII)));
    assertThat(auth.write("transit/sign/access-token/sha2-256", input).status()).isEqualTo(200);
    assertThat(auth.read("transit/keys/access-token").status()).isEqualTo(200);
    refuses(
        "auth",
        List.of(
            "transit/keys/access-token/config",
            "transit/keys/access-token/rotate",
            "transit/sign/session-tickets",
            "transit/decrypt/ws-one",
            "transit/keys/ws-two",
            "auth/token/create"),
        List.of(
            "transit/export/signing-key/access-token",
            "transit/backup/access-token",
            "transit/export/signing-key/session-tickets"));
  }

  @Test
  void sessionTakesTheTicketKeyAndCanDoNothingElse() {
    BaoAdministrator session = bao.withRightsOf("session");
    String exported =
        session.read("transit/export/signing-key/session-tickets").data().at("/keys/1").asText();
    byte[] key = Base64.getDecoder().decode(exported);
    byte[] publicKey = Base64.getDecoder().decode(bao.ticketPublicKey());
    assertThat(key).hasSize(64).endsWith(publicKey);
    refuses(
        "session",
        List.of(
            "sys/seal",
            "transit/decrypt/ws-one",
            "transit/sign/access-token/sha2-256",
            "transit/keys/session-tickets/config",
            "transit/keys/ws-two"),
        List.of(
            "transit/keys/ws-one",
            "transit/export/signing-key/access-token",
            "transit/export/encryption-key/ws-one"));
  }

  @Test
  void workspaceMakesGrantsAndShredsKeys() {
    BaoAdministrator workspace = bao.withRightsOf("workspace");
    assertThat(workspace.write("transit/keys/ws-mine", Map.of("type", "aes256-gcm96")).status())
        .isLessThan(300);
    Map<String, String> wrapped = Map.of("ciphertext", newKey(workspace, "ws-mine"));
    BaoAdministrator.Answer grant =
        workspace.write("transit/decrypt/ws-mine", wrapped, "X-Vault-Wrap-TTL", "30s");
    assertThat(grant.json().at("/wrap_info/creation_path").asText())
        .isEqualTo("transit/decrypt/ws-mine");
    assertThat(
            workspace
                .write("transit/keys/ws-mine/config", Map.of("deletion_allowed", true))
                .status())
        .isLessThan(300);
    assertThat(workspace.delete("transit/keys/ws-mine").status()).isEqualTo(204);
    assertThat(bao.administrator().write("transit/decrypt/ws-mine", wrapped).status())
        .isEqualTo(400);
  }

  private static String newKey(BaoAdministrator workspace, String name) {
    return workspace
        .write("transit/datakey/wrapped/" + name, Map.of("bits", 256))
        .data()
        .path("ciphertext")
        .asText();
  }

  @Test
  void workspaceIsNeverAnsweredWithAKey() {
    BaoAdministrator workspace = bao.withRightsOf("workspace");
    Map<String, String> wrapped = Map.of("ciphertext", newKey(workspace, "ws-one"));
    assertThat(workspace.write("transit/decrypt/ws-one", wrapped).status()).isEqualTo(403);
    for (String life : List.of("1s", "9s", "61s", "1h")) {
      assertThat(
              workspace.write("transit/decrypt/ws-one", wrapped, "X-Vault-Wrap-TTL", life).status())
          .as(life)
          .isGreaterThanOrEqualTo(400);
    }
    refuses(
        "workspace",
        List.of(
            "transit/datakey/plaintext/ws-one",
            "transit/encrypt/ws-one",
            "transit/rewrap/ws-one",
            "transit/decrypt/other",
            "transit/keys/other",
            "transit/keys/access-token/config",
            "transit/sign/access-token/sha2-256",
            "transit/restore/ws-new",
            "sys/policies/acl/workspace",
            "sys/seal",
            "auth/token/create"),
        List.of(
            "transit/export/encryption-key/ws-one",
            "transit/backup/ws-one",
            "transit/export/signing-key/session-tickets"));
  }

  @Test
  void workspaceMakesNoKeyThatCouldBeTakenOut() {
    BaoAdministrator workspace = bao.withRightsOf("workspace");
    List<Map<String, Object>> attempts =
        List.of(
            Map.of("type", "aes256-gcm96", "exportable", true),
            Map.of("type", "aes256-gcm96", "allow_plaintext_backup", true),
            Map.of("type", "aes256-gcm96", "derived", true),
            Map.of("type", "ed25519"));
    for (Map<String, Object> attempt : attempts) {
      assertThat(workspace.write("transit/keys/ws-bad", attempt).status())
          .as(attempt.toString())
          .isEqualTo(403);
    }
    for (String option : List.of("exportable", "allow_plaintext_backup")) {
      assertThat(workspace.write("transit/keys/ws-one/config", Map.of(option, true)).status())
          .isEqualTo(403);
    }
    assertThat(
            workspace
                .write(
                    "transit/keys/ws-known/import",
                    Map.of("ciphertext", "x", "type", "aes256-gcm96"))
                .status())
        .isEqualTo(403);
    assertThat(
            workspace
                .write("transit/keys/ws-one/import_version", Map.of("ciphertext", "x"))
                .status())
        .isEqualTo(403);
  }

  @Test
  void noKeyAndNoSecretIdIsInTheAuditFile() throws Exception {
    BaoAdministrator admin = bao.administrator();
    String wrapped = newKey(bao.withRightsOf("workspace"), "ws-one");
    String key =
        admin
            .write("transit/decrypt/ws-one", Map.of("ciphertext", wrapped))
            .data()
            .path("plaintext")
            .asText();
    String secretId =
        admin
            .as(bao.wrappedSecretId("auth"))
            .write("sys/wrapping/unwrap", Map.of())
            .data()
            .path("secret_id")
            .asText();
    assertThat(key).hasSize(44);
    assertThat(secretId).isNotEmpty();
    Eventually.within(Duration.ofSeconds(5))
        .passes(
            () ->
                assertThat(Files.readString(bao.auditFile()))
                    .contains("transit/decrypt/ws-one", "sys/wrapping/unwrap")
                    .doesNotContain(key, secretId));
  }

  /** Whoever reaches the socket of a sandbox reaches these too; they must lead nowhere. */
  @Test
  void nobodyRekeysOrMakesARootTokenWithoutOne() {
    BaoAdministrator nobody = bao.administrator().as("");
    for (String path :
        List.of(
            "sys/rekey/init",
            "sys/rekey/update",
            "sys/rekey-recovery-key/init",
            "sys/generate-root/attempt",
            "sys/generate-root/update",
            "sys/init",
            "sys/seal",
            "sys/step-down")) {
      assertThat(nobody.write(path, Map.of("secret_shares", 1, "secret_threshold", 1)).status())
          .as("write " + path)
          .isBetween(400, 499);
    }
    assertThat(bao.isSealed()).isFalse();
  }

  private static void refuses(String role, List<String> writes, List<String> reads) {
    BaoAdministrator somebody = bao.withRightsOf(role);
    for (String path : writes) {
      assertThat(somebody.write(path, Map.of()).status()).as("write " + path).isEqualTo(403);
    }
    for (String path : reads) {
      assertThat(somebody.read(path).status()).as("read " + path).isEqualTo(403);
    }
  }
}
