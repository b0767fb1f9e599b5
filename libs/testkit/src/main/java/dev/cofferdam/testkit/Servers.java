// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import dev.cofferdam.secrets.SecretBytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What a service needs around it: Vault, database and broker, started side by side. */
public final class Servers implements AutoCloseable {
  private static final List<String> CALLERS = List.of("gateway", "stack", "session", "workspace");

  private final BaoServer vault;
  private final PostgresServer postgres;
  private final KafkaServer kafka;
  private final Map<String, String> credentials = new LinkedHashMap<>();

  private Servers(BaoServer vault, PostgresServer postgres, KafkaServer kafka) {
    this.vault = vault;
    this.postgres = postgres;
    this.kafka = kafka;
    CALLERS.forEach(caller -> credentials.put(caller, SecretBytes.random(32).toBase64Url()));
  }

  public static Servers start() {
    CompletableFuture<BaoServer> vault = begin(BaoServer::start);
    CompletableFuture<PostgresServer> postgres =
        vault.thenApplyAsync(PostgresServer::start, Thread::startVirtualThread);
    CompletableFuture<KafkaServer> kafka =
        vault.thenApplyAsync(KafkaServer::start, Thread::startVirtualThread);
    return new Servers(vault.join(), postgres.join(), kafka.join());
  }

  private static <T> CompletableFuture<T> begin(Supplier<T> start) {
    return CompletableFuture.supplyAsync(start, Thread::startVirtualThread);
  }

  /**
   * The settings that the supervisor would hand to a service, as configuration.
   *
   * @param service auth, session or workspace
   */
  public Map<String, String> settingsOf(String service) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
    settings.put("coffer.kafka.bootstrap", kafka.bootstrap());
    settings.putAll(vault.identitySettings(service));
    settings.put("quarkus.vault.url", vault.address().toString());
    settings.put("quarkus.vault.authentication.app-role.role-id", service);
    settings.put(
        "quarkus.vault.authentication.app-role.secret-id-wrapping-token",
        vault.wrappedSecretId(service));
    credentials.forEach(
        (caller, secret) -> settings.put("coffer.caller." + caller + ".secret", secret));
    return settings;
  }

  /** What a part shows to be let in: gateway, stack or session. */
  public String credential(String caller) {
    return credentials.getOrDefault(caller, "");
  }

  public BaoServer vault() {
    return vault;
  }

  public PostgresServer postgres() {
    return postgres;
  }

  public KafkaServer kafka() {
    return kafka;
  }

  @Override
  public void close() {
    kafka.close();
    postgres.close();
    vault.close();
  }
}
