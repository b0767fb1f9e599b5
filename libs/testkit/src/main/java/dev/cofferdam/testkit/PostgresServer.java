// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import dev.cofferdam.ledger.LedgerTables;
import dev.cofferdam.partidentity.Credential;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.partidentity.postgres.PostgresReadiness;
import dev.cofferdam.partidentity.postgres.PostgresTrust;
import dev.cofferdam.secrets.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A real PostgreSQL with a role and a schema for each service, as the product's own. */
public final class PostgresServer implements AutoCloseable {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
  private static final Duration START = Duration.ofSeconds(120);
  private static final String ATTACKER = "attacker";
  private static final List<String> SERVICES = List.of("auth", "session", "workspace");

  private final Folder folder;
  private final int port = FreePort.pick();
  private final Map<String, String> passwords = new LinkedHashMap<>();
  private final String attacker = SecretBytes.random(24).toBase64Url();
  private Child process;

  private PostgresServer(Folder folder, Optional<BaoServer> vault) {
    this.folder = folder;
    SERVICES.forEach(s -> passwords.put(s, SecretBytes.random(24).toBase64Url()));
    unpack();
    run(
        "initdb",
        "",
        List.of(
            binary("initdb"),
            "--pgdata=" + data(),
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync"));
    configure();
    vault.ifPresent(this::secure);
    single("postgres", roles());
    single("coffer", schemas());
    process = launch();
  }

  public static PostgresServer start() {
    return new PostgresServer(Folder.fresh("postgres"), Optional.empty());
  }

  /**
   * With a certificate of this Vault's authority, and services known by theirs, as in the product.
   * Without TLS passwords still do, for tests that look into the database.
   */
  public static PostgresServer start(BaoServer vault) {
    return new PostgresServer(Folder.fresh("postgres"), Optional.of(vault));
  }

  /** Gives it another certificate while it runs. */
  public void renew(BaoServer vault) {
    try {
      writeCredential(vault);
      process.signal("HUP");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeCredential(BaoServer vault) throws IOException {
    Credential credential = vault.identityOf(PartName.POSTGRES).credential();
    Path keys = folder.file("keys");
    write(keys.resolve(PostgresTrust.KEY_FILE), credential.keyPem());
    write(keys.resolve(PostgresTrust.CERTIFICATE_FILE), credential.certificatePem());
    write(keys.resolve(PostgresTrust.AUTHORITY_FILE), vault.authority());
  }

  private void secure(BaoServer vault) {
    Path keys = folder.file("keys");
    try {
      Files.createDirectory(keys);
      OtherUser.give(keys);
      writeCredential(vault);
      String settings =
          PostgresTrust.settings(keys).stream()
              .map(setting -> setting.replaceFirst("=(.*)", " = '$1'\n"))
              .collect(Collectors.joining());
      Files.writeString(
          data().resolve("postgresql.auto.conf"), settings, StandardOpenOption.APPEND);
      Files.writeString(
          data().resolve("pg_hba.conf"),
          PostgresTrust.accessRules("coffer")
              + "hostnossl coffer all 127.0.0.1/32 scram-sha-256\n");
      Files.writeString(data().resolve("pg_ident.conf"), PostgresTrust.names());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
    OtherUser.give(file);
  }

  private void unpack() {
    try (InputStream archive = PostgresServer.class.getResourceAsStream(ARCHIVE)) {
      if (archive == null) {
        throw new TestkitException(ARCHIVE + " is not on the class path");
      }
      Path copy = folder.file("postgres.txz");
      Files.copy(archive, copy);
      OtherUser.give(folder.path());
      OtherUser.give(copy);
      run("tar", "", List.of("tar", "-xJf", copy.toString()));
      Files.delete(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void configure() {
    // Nobody trusts the disk of a test: what is lost in a power cut is lost.
    String settings =
        """
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        fsync = off
        synchronous_commit = off
        full_page_writes = off
        max_connections = 40
        shared_buffers = 32MB
        """
            .formatted(port);
    try {
      Files.writeString(data().resolve("postgresql.auto.conf"), settings);
      Files.writeString(
          data().resolve("pg_hba.conf"), "host coffer all 127.0.0.1/32 scram-sha-256\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String roles() {
    StringBuilder sql = new StringBuilder("create database coffer;\n");
    sql.append("create role %s superuser login password '%s';%n".formatted(ATTACKER, attacker));
    passwords.forEach(
        (service, password) ->
            sql.append(
                "create role coffer_%1$s login password '%2$s';%n"
                    .formatted(service, password)
                    .concat(
                        "alter role coffer_%1$s set search_path = %1$s;%n".formatted(service))));
    return sql.toString();
  }

  private String schemas() {
    StringBuilder sql = new StringBuilder("revoke all on schema public from public;\n");
    SERVICES.forEach(
        s -> sql.append("create schema %1$s authorization coffer_%1$s;%n".formatted(s)));
    LedgerTables.statements("coffer_session").forEach(s -> sql.append(s).append(";\n"));
    return sql.toString();
  }

  /** SQL before anybody can connect, a statement a line. */
  private void single(String database, String sql) {
    run("single", sql, List.of(binary("postgres"), "--single", "-D", data().toString(), database));
  }

  private Child launch() {
    Child child =
        Child.start(
            folder.file("log"), true, "", List.of(binary("postgres"), "-D", data().toString()));
    child.awaitReady(START, () -> PostgresReadiness.isReady(port, ATTACKER, "coffer"));
    return child;
  }

  private void run(String name, String input, List<String> command) {
    Child.start(folder.file(name + ".log"), true, input, command).awaitSuccess(START);
  }

  private String binary(String name) {
    return folder.file("bin/" + name).toString();
  }

  private Path data() {
    return folder.file("data");
  }

  /** Of the database of all services; each has a schema of its own there. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/coffer";
  }

  /**
   * @param service auth, session or workspace; its role is coffer_SERVICE
   */
  public String password(String service) {
    String password = passwords.get(service);
    if (password == null) {
      throw new IllegalArgumentException("no service " + service);
    }
    return password;
  }

  /**
   * With the rights of a service, without its certificate.
   *
   * @param service auth, session or workspace
   */
  public Connection withRightsOf(String service) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), "coffer_" + service, password(service));
  }

  /** Somebody who has taken over the database as a whole, which nobody is in the product. */
  public Connection attacker() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), ATTACKER, attacker);
  }

  /** Everything that it stored and logged. */
  public Path folder() {
    return folder.path();
  }

  /** Ends it with all its connections; {@link #restart} brings it back. */
  public void stop() {
    process.signal("INT");
    process.close();
  }

  public void restart() {
    process = launch();
  }

  @Override
  public void close() {
    stop();
    folder.close();
  }
}
