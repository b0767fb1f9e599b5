// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.partidentity.Pem;
import dev.cofferdam.partidentity.Renewal;
import dev.cofferdam.partidentity.Signer;
import dev.cofferdam.secrets.SecretBytes;
import dev.cofferdam.vaultsetup.Initialised;
import dev.cofferdam.vaultsetup.SupervisorLogin;
import dev.cofferdam.vaultsetup.VaultAdmin;
import dev.cofferdam.vaultsetup.VaultUnreachable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * A real OpenBao, set up as the supervisor does it: raft storage, unsealed, an audit file, a TCP
 * and a Unix listener.
 */
public final class BaoServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

  private final Folder folder;
  private final int port;
  private final SecretBytes unsealKey;
  private final SupervisorLogin supervisor;
  private final BaoAdministrator administrator;
  private Child process;

  private BaoServer(
      Folder folder,
      int port,
      Child process,
      Initialised keys,
      BaoAdministrator administrator,
      SupervisorLogin supervisor) {
    this.folder = folder;
    this.port = port;
    this.process = process;
    this.unsealKey = keys.unsealKey();
    this.administrator = administrator;
    this.supervisor = supervisor;
  }

  public static BaoServer start() {
    Folder folder = Folder.fresh("bao");
    int port = FreePort.pick();
    Child process = launch(folder, port, FreePort.pick());
    VaultAdmin admin = VaultAdmin.at(address(port));
    Initialised keys = admin.initialise();
    if (!admin.unseal(keys.unsealKey())) {
      throw new TestkitException("Vault does not take its own key");
    }
    BaoAdministrator root = new BaoAdministrator(address(port), text(keys.rootToken()));
    // An orphan, because the root token is revoked with its children.
    String token =
        root.write("auth/token/create-orphan", Map.of("policies", List.of("root")))
            .json()
            .path("auth")
            .path("client_token")
            .asText();
    SupervisorLogin supervisor = admin.setUp(keys.rootToken(), keys.unsealKey());
    return new BaoServer(folder, port, process, keys, root.as(token), supervisor);
  }

  private static Child launch(Folder folder, int port, int clusterPort) {
    String config =
        """
        storage "raft" {
          path                   = "%1$s"
          node_id                = "one"
          performance_multiplier = 1
        }
        listener "tcp" {
          address     = "127.0.0.1:%2$d"
          tls_disable = true
        }
        listener "unix" {
          address = "%1$s/vault.sock"
        }
        audit "file" "all" {
          options = { file_path = "%1$s/audit.log" }
        }
        api_addr     = "http://127.0.0.1:%2$d"
        cluster_addr = "http://127.0.0.1:%3$d"
        """
            .formatted(folder.path(), port, clusterPort);
    Path file = folder.write("config.hcl", config);
    String bao = Tools.require("openbao/bin/bao").toString();
    Child process =
        Child.start(
            folder.file("log"), false, "", List.of(bao, "server", "-config=" + file.toString()));
    process.awaitReady(START, () -> answers(port));
    return process;
  }

  private static boolean answers(int port) {
    try {
      VaultAdmin.at(address(port)).sealStatus();
      return true;
    } catch (VaultUnreachable e) {
      return false;
    }
  }

  private static URI address(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  public URI address() {
    return address(port);
  }

  public Path unixSocket() {
    return folder.file("vault.sock");
  }

  public Path auditFile() {
    return folder.file("audit.log");
  }

  /** Everything that it stored and logged. */
  public Path folder() {
    return folder.path();
  }

  /**
   * What the supervisor hands to a service for its certificate.
   *
   * @param service auth, session, workspace or gateway
   */
  public Map<String, String> identitySettings(String service) {
    return Map.of(
        "coffer.identity.vault",
        address().toString(),
        "coffer.identity.authority",
        authority(),
        "coffer.identity.secret-id-wrapping-token",
        wrappedSecretId(service));
  }

  /** What all parts' certificates hang from, as PEM. */
  public String authority() {
    return VaultAdmin.at(address()).authority();
  }

  /** Anybody's, which nobody but the part itself gets in the product. */
  public PartIdentity identityOf(PartName part) {
    return identityOf(part, "pki", authority());
  }

  /** Somebody who names himself so, with certificate and belief of another authority. */
  public PartIdentity foreignIdentityOf(PartName part) {
    return identityOf(part, ForeignAuthority.ENGINE, ForeignAuthority.in(administrator));
  }

  private PartIdentity identityOf(PartName part, String engine, String authority) {
    Signer signer =
        (asked, request, life) ->
            administrator
                .write(
                    engine + "/sign/" + asked.word(),
                    Map.of("csr", request, "common_name", asked.commonName()))
                .data()
                .path("certificate")
                .asText();
    return Renewal.begin(
            part, Pem.certificate(authority), signer, Duration.ofDays(1), InstantSource.system())
        .identity();
  }

  /** As the supervisor hands it to a service: auth, session, workspace or gateway. */
  public String wrappedSecretId(String role) {
    return supervisor.wrappedSecretId(role, TOKEN_LIFE);
  }

  public String ticketPublicKey() {
    return supervisor.ticketPublicKey();
  }

  /** All-powerful, which nobody is in the product. */
  public BaoAdministrator administrator() {
    return administrator;
  }

  /** Somebody with the rights of a service: auth, session, workspace or supervisor. */
  public BaoAdministrator withRightsOf(String policy) {
    String token =
        administrator
            .write(
                "auth/token/create-orphan",
                Map.of("policies", List.of(policy), "no_default_policy", true))
            .json()
            .path("auth")
            .path("client_token")
            .asText();
    return administrator.as(token);
  }

  /** Of everybody who has signed in with this role or policy. */
  public void revokeTokensOf(String policy) {
    JsonNode accessors = administrator.read("auth/token/accessors?list=true").data().path("keys");
    for (JsonNode accessor : accessors) {
      Map<String, String> body = Map.of("accessor", accessor.asText());
      JsonNode token = administrator.write("auth/token/lookup-accessor", body).data();
      if (token.path("policies").toString().contains("\"" + policy + "\"")) {
        administrator.write("auth/token/revoke-accessor", body);
      }
    }
  }

  /** Forgets its keys, as after each start. */
  public void seal() {
    administrator.write("sys/seal", Map.of());
  }

  public boolean isSealed() {
    return VaultAdmin.at(address()).sealStatus().sealed();
  }

  public void unseal() {
    if (!VaultAdmin.at(address()).unseal(unsealKey)) {
      throw new TestkitException("Vault does not take its own key");
    }
  }

  /** Its port stays open and nothing is answered until {@link #thaw}. */
  public void freeze() {
    process.signal("STOP");
  }

  public void thaw() {
    process.signal("CONT");
  }

  /** At once; {@link #restart} brings it back, sealed. */
  public void kill() {
    process.kill();
  }

  public void restart() {
    process = launch(folder, port, FreePort.pick());
  }

  @Override
  public void close() {
    supervisor.close();
    unsealKey.close();
    process.kill();
    folder.close();
  }

  private static String text(SecretBytes secret) {
    return secret.map(bytes -> new String(bytes, US_ASCII));
  }
}
