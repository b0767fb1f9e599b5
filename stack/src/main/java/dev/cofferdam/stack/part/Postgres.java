// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import dev.cofferdam.stack.place.PartUser;
import dev.cofferdam.stack.place.Rooms;
import dev.cofferdam.stack.process.Launch;
import dev.cofferdam.stack.process.StartFailure;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * PostgreSQL with one database, a role and a schema for each service. Nobody can sign in as its
 * superuser: roles are made in single-user mode before each start, with this start's passwords.
 */
public final class Postgres implements Part {
  static final List<String> SERVICES = List.of("auth", "session", "workspace");
  private static final String DATABASE = "coffer";
  private static final int PATIENCE_MILLIS = 2000;
  private static final int PROTOCOL_3 = 196608;
  private static final long FREE_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long FREE_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Rooms rooms;
  private final Credentials credentials;
  private final int port;
  private final Path cluster;
  private boolean prepared;

  public Postgres(Rooms rooms, Credentials credentials, int port) {
    this.rooms = rooms;
    this.credentials = credentials;
    this.port = port;
    cluster = rooms.kept("postgres").resolve("17");
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public List<String> needs() {
    return List.of();
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
    List<String> words = new ArrayList<>(List.of(program("postgres"), "-D", cluster.toString()));
    for (String setting :
        List.of(
            "listen_addresses=127.0.0.1",
            "port=" + port,
            "unix_socket_directories=",
            "max_connections=50",
            "shared_buffers=32MB",
            "wal_level=minimal",
            "max_wal_senders=0",
            "jit=off",
            "password_encryption=scram-sha-256",
            "log_destination=stderr",
            "logging_collector=off",
            "log_statement=none",
            "log_min_error_statement=panic")) {
      words.add("-c");
      words.add(setting);
    }
    return Launch.of(PartUser.POSTGRES, words);
  }

  private void prepare() throws IOException {
    if (!exists()) {
      run(
          "",
          program("initdb"),
          "-D",
          cluster.toString(),
          "--username=postgres",
          "--encoding=UTF8",
          "--locale=C",
          "--auth=reject",
          "--no-instructions");
      single("postgres", "create database " + DATABASE + "\n");
    }
    singleOnceFree(DATABASE, roles());
    run(accessRules(), "tee", cluster.resolve("pg_hba.conf").toString());
  }

  private boolean exists() {
    // Without PG_VERSION a first start was cut short before anything was kept.
    return Files.exists(cluster.resolve("PG_VERSION"));
  }

  private static String accessRules() {
    StringBuilder rules = new StringBuilder();
    for (String service : SERVICES) {
      rules.append("host ").append(DATABASE).append(" coffer_").append(service);
      rules.append(" 127.0.0.1/32 scram-sha-256\n");
    }
    return rules.toString();
  }

  /** A statement a line, as single-user mode wants them. Passwords only as SCRAM verifiers. */
  private String roles() {
    StringBuilder sql = new StringBuilder("revoke all on schema public from public\n");
    sql.append("revoke all on database ").append(DATABASE).append(" from public\n");
    for (String service : SERVICES) {
      String role = "coffer_" + service;
      sql.append("do $$ begin if not exists (select from pg_roles where rolname = '").append(role);
      sql.append("') then create role ").append(role).append("; end if; end $$\n");
      sql.append("alter role ").append(role).append(" login password '");
      sql.append(ScramVerifier.of(credentials.ofDatabase(service))).append("'\n");
      sql.append("alter role ").append(role).append(" set search_path = ").append(service);
      sql.append("\n");
      sql.append("grant connect on database ").append(DATABASE).append(" to ").append(role);
      sql.append("\ncreate schema if not exists ").append(service);
      sql.append(" authorization ").append(role).append("\n");
    }
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
        single(database, sql);
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

  private void single(String database, String sql) {
    run(
        sql,
        program("postgres"),
        "--single",
        "-D",
        cluster.toString(),
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

  /**
   * Begins a connection as a role that cannot sign in: a server that is ready asks for a password
   * or refuses by rule, one that is starting says so (57P03). PostgreSQL manual, chapter 54.
   */
  @Override
  public boolean isReady() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      byte[] names =
          ("user\0coffer_auth\0database\0" + DATABASE + "\0\0").getBytes(StandardCharsets.US_ASCII);
      out.writeInt(8 + names.length);
      out.writeInt(PROTOCOL_3);
      out.write(names);
      out.flush();
      return new DataInputStream(socket.getInputStream()).readByte() == 'R';
    } catch (IOException e) {
      return false;
    }
  }

  /** Fast shutdown: connections are ended, everything is written. */
  @Override
  public String stopSignal() {
    return "INT";
  }
}
