// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import dev.cofferdam.ledger.LedgerTables;
import dev.cofferdam.partidentity.Credential;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.partidentity.postgres.PostgresReadiness;
import dev.cofferdam.partidentity.postgres.PostgresTrust;
import dev.cofferdam.stack.place.PartUser;
import dev.cofferdam.stack.place.Rooms;
import dev.cofferdam.stack.process.Launch;
import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL with one database, a role and a schema for each service. Nobody can sign in as its
 * superuser: roles are made in single-user mode before the first start. There are no passwords: a
 * service is known by its certificate. The audit ledger's tables belong to the superuser, and are
 * made where an older version left none. The server's own key lies in memory until it is read.
 */
public final class Postgres implements Part {
  static final List<String> SERVICES = List.of("auth", "session", "workspace");
  private static final String DATABASE = "coffer";

  /** Three services with a pool of 8, one replica of each ending while the next one starts. */
  private static final int CONNECTIONS_OF_A_REPLICA = 34;

  private static final int OTHER_CONNECTIONS = 16;
  private static final long FREE_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long FREE_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Rooms rooms;
  private final Identities identities;
  private final int port;
  private final Path cluster;
  private final int replicas;
  private boolean prepared;
  private volatile @Nullable Credential given;

  Postgres(Rooms rooms, Identities identities, int port, int replicas) {
    this.replicas = replicas;
    this.rooms = rooms;
    this.identities = identities;
    this.port = port;
    cluster = rooms.kept("postgres").resolve("17");
  }

  @Override
  public String name() {
    return "postgres";
  }

  /** Its certificate comes from there. */
  @Override
  public List<String> needs() {
    return List.of("vault");
  }

  @Override
  public int port() {
    return port;
  }

  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
  }

  @Override
  public Launch launch() throws IOException {
    if (!prepared) {
      prepare();
      prepared = true;
    }
    writeCredential(identities.of(PartName.POSTGRES).credential());
    List<String> words = new ArrayList<>(List.of(program("postgres"), "-D", cluster.toString()));
    List<String> settings = new ArrayList<>(PostgresTrust.settings(inMemory()));
    settings.addAll(
        List.of(
            "listen_addresses=127.0.0.1",
            "port=" + port,
            "unix_socket_directories=",
            "max_connections=" + (OTHER_CONNECTIONS + CONNECTIONS_OF_A_REPLICA * replicas),
            "shared_buffers=32MB",
            "wal_level=minimal",
            "max_wal_senders=0",
            "jit=off",
            "log_destination=stderr",
            "logging_collector=off",
            "log_statement=none",
            "log_min_error_statement=panic"));
    for (String setting : settings) {
      words.add("-c");
      words.add(setting);
    }
    return Launch.of(PartUser.POSTGRES, words);
  }

  private void prepare() throws IOException {
    if (!exists()) {
      make();
    }
    singleOnceFree(DATABASE, roles());
    run(PostgresTrust.accessRules(DATABASE), "tee", cluster.resolve("pg_hba.conf").toString());
    run(PostgresTrust.names(), "tee", cluster.resolve("pg_ident.conf").toString());
  }

  /** Elsewhere, and put in place whole: a start may be cut short at any moment. */
  private void make() {
    Path fresh = cluster.resolveSibling("17.new");
    run("", "rm", "-rf", "--", fresh.toString());
    run(
        "",
        program("initdb"),
        "-D",
        fresh.toString(),
        "--username=postgres",
        "--encoding=UTF8",
        "--locale=C",
        "--auth=reject",
        "--no-instructions");
    single(fresh, "postgres", "create database " + DATABASE + "\n");
    run("", "mv", "--no-target-directory", "--", fresh.toString(), cluster.toString());
    run("", "sync", rooms.kept("postgres").toString());
  }

  private Path inMemory() {
    return rooms.inMemory("postgres-key");
  }

  private void writeCredential(Credential newest) {
    write(PostgresTrust.AUTHORITY_FILE, identities.authority());
    write(PostgresTrust.CERTIFICATE_FILE, newest.certificatePem());
    write(PostgresTrust.KEY_FILE, newest.keyPem());
    given = newest;
  }

  private void write(String name, String text) {
    String path = inMemory().resolve(name).toString();
    run(text, "sh", "-c", "umask 077; exec cat > \"$1\"", "sh", path);
  }

  private void forgetKey() {
    run("", "rm", "-f", inMemory().resolve(PostgresTrust.KEY_FILE).toString());
  }

  /** It has read the key. */
  @Override
  public void onReady() {
    forgetKey();
  }

  /** A new certificate is read at SIGHUP, and by the next time its key is not needed any more. */
  @Override
  public void refresh(Process running) throws IOException {
    Credential newest = identities.of(PartName.POSTGRES).credential();
    if (newest.equals(given)) {
      forgetKey();
      return;
    }
    writeCredential(newest);
    run("", "kill", "-HUP", Long.toString(running.pid()));
  }

  private boolean exists() {
    // Without PG_VERSION a first start was cut short before anything was kept.
    return Files.exists(cluster.resolve("PG_VERSION"));
  }

  /** A statement a line, as single-user mode wants them. */
  private String roles() {
    StringBuilder sql = new StringBuilder("revoke all on schema public from public\n");
    sql.append("revoke all on database ").append(DATABASE).append(" from public\n");
    for (String service : SERVICES) {
      String role = "coffer_" + service;
      sql.append("do $$ begin if not exists (select from pg_roles where rolname = '").append(role);
      sql.append("') then create role ").append(role).append("; end if; end $$\n");
      sql.append("alter role ").append(role).append(" login password null\n");
      sql.append("alter role ").append(role).append(" set search_path = ").append(service);
      sql.append("\n");
      sql.append("grant connect on database ").append(DATABASE).append(" to ").append(role);
      sql.append("\ncreate schema if not exists ").append(service);
      sql.append(" authorization ").append(role).append("\n");
    }
    LedgerTables.statements("coffer_session").forEach(each -> sql.append(each).append('\n'));
    return sql.toString();
  }

  /**
   * A server that was killed may still be there for a moment, as a zombie that nobody has reaped or
   * by its last connections. We hold the data directory's lock, so it can only be on its way out.
   */
  private void singleOnceFree(String database, String sql) {
    long end = System.nanoTime() + FREE_PATIENCE_NANOS;
    while (true) {
      try {
        single(cluster, database, sql);
        return;
      } catch (StartFailure e) {
        boolean taken = e.text().contains("postmaster.pid") || e.text().contains("shared memory");
        if (!taken || System.nanoTime() > end) {
          throw e;
        }
        LockSupport.parkNanos(FREE_LOOK_NANOS);
      }
    }
  }

  private void single(Path directory, String database, String sql) {
    run(
        sql,
        program("postgres"),
        "--single",
        "-D",
        directory.toString(),
        "-c",
        "exit_on_error=on",
        "-c",
        "log_min_error_statement=panic",
        database);
  }

  private void run(String input, String... command) {
    rooms.runAs(PartUser.POSTGRES, input, List.of(command));
  }

  private String program(String name) {
    return rooms.app("postgres").resolve("bin").resolve(name).toString();
  }

  @Override
  public boolean isReady() {
    return PostgresReadiness.isReady(port, "coffer_auth", DATABASE);
  }

  /** Fast shutdown: connections are ended, everything is written. */
  @Override
  public String stopSignal() {
    return "INT";
  }
}
