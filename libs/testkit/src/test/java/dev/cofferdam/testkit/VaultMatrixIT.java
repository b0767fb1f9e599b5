// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.partidentity.PartName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everybody's token on every path of Vault that anybody has business with (rule V1). */
class VaultMatrixIT {
  private static final String[] WRAPPED = {"X-Vault-Wrap-TTL", "30s"};
  private static final List<String> SERVICES = List.of("auth", "session", "workspace", "gateway");

  /** What policies say, written down a second time. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "auth",
          Set.of("read access key", "sign access token", "certificate of auth", "seal"),
          "session",
          Set.of("take ticket key", "read audit key", "sign audit head", "certificate of session"),
          "workspace",
          Set.of(
              "make workspace key",
              "read workspace key",
              "wrap data key",
              "decrypt wrapped",
              // The star takes it in; an older version of the key goes on decrypting.
              "rotate workspace key",
              "let a workspace key be shredded",
              "shred workspace key",
              "certificate of workspace"),
          "gateway",
          Set.of("certificate of gateway"),
          "supervisor",
          Set.of(
              "read ticket key",
              "read audit key",
              "wrapped secret id of auth",
              "wrapped secret id of session",
              "wrapped secret id of workspace",
              "wrapped secret id of gateway",
              "certificate of kafka",
              "certificate of postgres",
              "certificate of stack"),
          "nobody",
          Set.of());

  private static BaoServer bao;

  @BeforeAll
  static void start() {
    bao = BaoServer.start();
    bao.administrator().write("transit/keys/ws-one", Map.of("type", "aes256-gcm96"));
  }

  @AfterAll
  static void stop() {
    bao.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth", "session", "workspace", "gateway", "supervisor", "nobody"})
  void eachMayDoWhatItsPolicySaysAndNothingElse(String policy) {
    BaoAdministrator token =
        policy.equals("nobody") ? bao.administrator().as("") : bao.withRightsOf(policy);
    Set<String> can = new TreeSet<>();
    attempts()
        .forEach(
            (name, attempt) -> {
              if (attempt.apply(token).status() != 403) {
                can.add(name);
              }
              if (bao.isSealed()) {
                bao.unseal();
              }
            });
    assertThat(can).isEqualTo(new TreeSet<>(ALLOWED.get(policy)));
  }

  private static Map<String, Function<BaoAdministrator, BaoAdministrator.Answer>> attempts() {
    Map<String, Function<BaoAdministrator, BaoAdministrator.Answer>> all = new LinkedHashMap<>();
    all.putAll(transit());
    all.putAll(workspaceKeys());
    all.putAll(certificates());
    all.putAll(signIns());
    all.putAll(ofTheSystem());
    return all;
  }

  private static Map<String, Function<BaoAdministrator, BaoAdministrator.Answer>> transit() {
    Map<String, Function<BaoAdministrator, BaoAdministrator.Answer>> all = new LinkedHashMap<>();
    Map<String, String> input = Map.of("input", "aGk=");
    Map<String, String> cipher = Map.of("ciphertext", "vault:v1:x");
    all.put("read access key", v -> v.read("transit/keys/access-token"));
    all.put("sign access token", v -> v.write("transit/sign/access-token/sha2-256", input));
    all.put("sign ticket", v -> v.write("transit/sign/session-tickets", input));
    all.put("read audit key", v -> v.read("transit/keys/audit"));
    all.put("sign audit head", v -> v.write("transit/sign/audit/sha2-256", input));
    all.put("sign audit head by another hash", v -> v.write("transit/sign/audit/sha2-512", input));
    all.put(
        "sign what somebody else hashed",
        v -> v.write("transit/sign/audit/sha2-256", Map.of("input", "aGk=", "prehashed", true)));
    all.put("export audit key", v -> v.read("transit/export/signing-key/audit"));
    all.put("rotate audit key", v -> v.write("transit/keys/audit/rotate", Map.of()));
    all.put(
        "let the audit key out",
        v -> v.write("transit/keys/audit/config", Map.of("exportable", true)));
    all.put("export access key", v -> v.read("transit/export/signing-key/access-token"));
    all.put("read ticket key", v -> v.read("transit/keys/session-tickets"));
    all.put("take ticket key", v -> v.read("transit/export/signing-key/session-tickets"));
    all.put("rotate access key", v -> v.write("transit/keys/access-token/rotate", Map.of()));
    all.put("list keys", v -> v.read("transit/keys?list=true"));
    return all;
  }

  private static Map<String, Function<BaoAdministrator, BaoAdministrator.Answer>> workspaceKeys() {
    Map<String, Function<BaoAdministrator, BaoAdministrator.Answer>> all = new LinkedHashMap<>();
    Map<String, String> cipher = Map.of("ciphertext", "vault:v1:x");
    String config = "transit/keys/ws-one/config";
    all.put(
        "make workspace key", v -> v.write("transit/keys/ws-two", Map.of("type", "aes256-gcm96")));
    all.put("read workspace key", v -> v.read("transit/keys/ws-one"));
    all.put(
        "make exportable workspace key",
        v -> v.write("transit/keys/ws-three", Map.of("type", "aes256-gcm96", "exportable", true)));
    all.put("export workspace key", v -> v.read("transit/export/encryption-key/ws-one"));
    all.put("wrap data key", v -> v.write("transit/datakey/wrapped/ws-one", Map.of()));
    all.put("plain data key", v -> v.write("transit/datakey/plaintext/ws-one", Map.of()));
    all.put("decrypt plainly", v -> v.write("transit/decrypt/ws-one", cipher));
    all.put("decrypt wrapped", v -> v.write("transit/decrypt/ws-one", cipher, WRAPPED));
    all.put("encrypt", v -> v.write("transit/encrypt/ws-one", Map.of("plaintext", "aGk=")));
    all.put("rewrap", v -> v.write("transit/rewrap/ws-one", cipher));
    all.put("back up workspace key", v -> v.read("transit/backup/ws-one"));
    all.put("bring a key in", v -> v.write("transit/keys/ws-four/import", cipher));
    all.put("restore a key", v -> v.write("transit/restore/ws-five", Map.of("backup", "x")));
    all.put("rotate workspace key", v -> v.write("transit/keys/ws-one/rotate", Map.of()));
    all.put("let a workspace key out", v -> v.write(config, Map.of("exportable", true)));
    all.put(
        "let a workspace key be backed up",
        v -> v.write(config, Map.of("allow_plaintext_backup", true)));
    all.put("give up old versions", v -> v.write(config, Map.of("min_decryption_version", 2)));
    all.put(
        "let a workspace key be shredded", v -> v.write(config, Map.of("deletion_allowed", true)));
    all.put("shred workspace key", v -> v.delete("transit/keys/ws-one"));
    return all;
  }

  private static Map<String, Function<BaoAdministrator, BaoAdministrator.Answer>> certificates() {
    Map<String, Function<BaoAdministrator, BaoAdministrator.Answer>> all = new LinkedHashMap<>();
    for (PartName part : PartName.values()) {
      String word = part.word();
      Map<String, String> own = Map.of("csr", SomeRequest.PEM, "common_name", part.commonName());
      all.put("certificate of " + word, v -> v.write("pki/sign/" + word, own));
      all.put("key and certificate of " + word, v -> v.write("pki/issue/" + word, own));
      all.put("change role " + word, v -> v.write("pki/roles/" + word, Map.of("ttl", "1h")));
      for (PartName other : PartName.values()) {
        Map<String, String> foreign =
            Map.of("csr", SomeRequest.PEM, "common_name", other.commonName());
        if (other != part) {
          all.put(
              "certificate of " + other.word() + " by role " + word,
              v -> v.write("pki/sign/" + word, foreign));
        }
      }
    }
    all.put("sign verbatim", v -> v.write("pki/sign-verbatim", Map.of("csr", SomeRequest.PEM)));
    all.put(
        "sign an authority",
        v -> v.write("pki/root/sign-intermediate", Map.of("csr", SomeRequest.PEM)));
    all.put("new root", v -> v.write("pki/root/generate/exported", Map.of()));
    all.put("delete root", v -> v.delete("pki/root"));
    return all;
  }

  private static Map<String, Function<BaoAdministrator, BaoAdministrator.Answer>> signIns() {
    Map<String, Function<BaoAdministrator, BaoAdministrator.Answer>> all = new LinkedHashMap<>();
    List<String> roles = new ArrayList<>(SERVICES);
    roles.add("supervisor");
    for (String role : roles) {
      String path = "auth/approle/role/" + role;
      all.put("secret id of " + role, v -> v.write(path + "/secret-id", Map.of()));
      all.put("wrapped secret id of " + role, v -> v.write(path + "/secret-id", Map.of(), WRAPPED));
      all.put("read role " + role, v -> v.read(path));
      all.put("change role of sign-in " + role, v -> v.write(path, Map.of("token_ttl", "1h")));
    }
    all.put("make token", v -> v.write("auth/token/create", Map.of()));
    all.put("make orphan token", v -> v.write("auth/token/create-orphan", Map.of()));
    all.put("list tokens", v -> v.read("auth/token/accessors?list=true"));
    return all;
  }

  private static Map<String, Function<BaoAdministrator, BaoAdministrator.Answer>> ofTheSystem() {
    Map<String, Function<BaoAdministrator, BaoAdministrator.Answer>> all = new LinkedHashMap<>();
    for (String path :
        Arrays.asList(
            "sys/policies/acl/auth",
            "sys/mounts",
            "sys/auth",
            "sys/audit",
            "sys/config/state/sanitized",
            "sys/storage/raft/snapshot")) {
      all.put("read " + path, v -> v.read(path));
    }
    all.put(
        "write a policy", v -> v.write("sys/policies/acl/auth", Map.of("policy", "path \"*\" {}")));
    all.put("seal", v -> v.write("sys/seal", Map.of()));
    return all;
  }
}
