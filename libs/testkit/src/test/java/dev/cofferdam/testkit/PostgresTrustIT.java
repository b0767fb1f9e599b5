// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.partidentity.postgres.OwnSockets;
import dev.cofferdam.partidentity.postgres.ServerName;
import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every certificate as every role, and every role on every schema of PostgreSQL. */
class PostgresTrustIT {
  private static final List<String> SERVICES = List.of("auth", "session", "workspace");
  private static final Map<String, PartIdentity> IDENTITIES = new ConcurrentHashMap<>();

  private static BaoServer bao;
  private static PostgresServer postgres;

  @BeforeAll
  static void start() throws SQLException {
    bao = BaoServer.start();
    postgres = PostgresServer.start(bao);
    for (PartName part : PartName.values()) {
      IDENTITIES.put(part.word(), bao.identityOf(part));
    }
    IDENTITIES.put("foreign", bao.foreignIdentityOf(PartName.AUTH));
    for (String service : SERVICES) {
      try (Connection connection = connect(service, "coffer_" + service);
          Statement statement = connection.createStatement()) {
        statement.execute("create table secret_" + service + " (word text)");
        statement.execute("insert into secret_" + service + " values ('" + service + "')");
      }
    }
  }

  @AfterAll
  static void stop() {
    postgres.close();
    bao.close();
  }

  @ParameterizedTest
  @EnumSource(PartName.class)
  void eachCertificateIsGoodForItsOwnRoleAlone(PartName part) {
    Set<String> can = new TreeSet<>();
    for (String role : List.of("coffer_auth", "coffer_session", "coffer_workspace", "postgres")) {
      try (Connection connection = connect(part.word(), role)) {
        can.add(connection.isValid(5) ? role : "");
      } catch (SQLException e) {
        assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("28000");
      }
    }
    String own = "coffer_" + part.word();
    assertThat(can).isEqualTo(SERVICES.contains(part.word()) ? Set.of(own) : Set.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth", "session", "workspace"})
  void eachRoleReachesItsOwnSchemaAlone(String service) throws SQLException {
    Set<String> can = new TreeSet<>();
    try (Connection connection = connect(service, "coffer_" + service)) {
      for (String schema : List.of("auth", "session", "workspace", "public")) {
        String table = schema + ".secret_" + schema;
        attempt(connection, can, "create in " + schema, "create table " + schema + ".x (i int)");
        attempt(connection, can, "read " + schema, "select * from " + table);
        attempt(connection, can, "write " + schema, "update " + table + " set word = word");
        attempt(connection, can, "drop " + schema, "drop schema " + schema + " restrict");
      }
      attempt(connection, can, "become postgres", "set role postgres");
      attempt(connection, can, "make a role", "create role intruder");
      attempt(connection, can, "run a program", "copy (select 1) to program 'true'");
      attempt(connection, can, "read a file", "select pg_read_file('postgresql.conf')");
      attempt(connection, can, "read password verifiers", "select rolpassword from pg_authid");
      attempt(connection, can, "reload", "select pg_reload_conf()");
    }
    assertThat(can)
        .containsExactlyInAnyOrder("create in " + service, "read " + service, "write " + service);
  }

  private static void attempt(Connection connection, Set<String> can, String name, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      can.add(name);
    } catch (SQLException e) {
      // Not allowed, or there is something in it.
      assertThat(e.getSQLState()).as(name + ": " + e.getMessage()).isIn("42501", "42P01", "2BP01");
    }
  }

  @Test
  void aCertificateOfAnotherAuthorityIsNotLetIn() {
    // It does not believe the server either, so it would end by itself: see PartIdentityIT.
    assertThatThrownBy(() -> connect("foreign", "coffer_auth")).isInstanceOf(SQLException.class);
  }

  @Test
  void nothingOlderThanTls13IsSpoken() {
    Properties settings = settings("auth", "coffer_auth");
    settings.put("sslfactory", OldSockets.class.getName());
    assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), settings))
        .isInstanceOf(SQLException.class)
        .hasStackTraceContaining("protocol");
  }

  @Test
  void withoutACertificateThereIsNoWayInOverTls() {
    Properties settings = new Properties();
    settings.put("user", "coffer_auth");
    settings.put("password", postgres.password("auth"));
    settings.put("sslmode", "require");
    assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), settings))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("certificate");
  }

  @Test
  void aRenewedCertificateIsReadByTheRunningServer() throws Exception {
    java.math.BigInteger before = serial();
    postgres.renew(bao);
    Eventually.within(java.time.Duration.ofSeconds(20))
        .until("another certificate", () -> !serial().equals(before));
  }

  private static java.math.BigInteger serial() {
    Properties settings = settings("auth", "coffer_auth");
    settings.put("sslhostnameverifier", SeenName.class.getName());
    try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), settings)) {
      assertThat(connection.isValid(5)).isTrue();
      return SeenName.serial;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Looks at the server's certificate. */
  public static final class SeenName implements javax.net.ssl.HostnameVerifier {
    static volatile java.math.BigInteger serial = java.math.BigInteger.ZERO;

    @Override
    public boolean verify(String host, javax.net.ssl.SSLSession session) {
      try {
        serial =
            ((java.security.cert.X509Certificate) session.getPeerCertificates()[0])
                .getSerialNumber();
        return new ServerName().verify(host, session);
      } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
        return false;
      }
    }
  }

  private static Connection connect(String identity, String role) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), settings(identity, role));
  }

  private static Properties settings(String identity, String role) {
    Properties settings = new Properties();
    settings.put("user", role);
    settings.put("sslmode", "verify-full");
    settings.put("sslfactory", SocketsOf.class.getName());
    settings.put("sslfactoryarg", identity);
    settings.put("sslhostnameverifier", ServerName.class.getName());
    return settings;
  }

  /** As the driver of that part would make them. */
  public static class SocketsOf extends OwnSockets {
    public SocketsOf(String identity) {
      super(IDENTITIES.get(identity));
    }
  }

  /** Speaks what the server must not. */
  public static final class OldSockets extends SocketsOf {
    public OldSockets(String identity) {
      super(identity);
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean close)
        throws IOException {
      SSLSocket socket = (SSLSocket) super.createSocket(plain, host, port, close);
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      return socket;
    }
  }
}
