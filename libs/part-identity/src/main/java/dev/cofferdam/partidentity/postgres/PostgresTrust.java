// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity.postgres;

import dev.cofferdam.partidentity.PartName;
import java.nio.file.Path;
import java.util.List;

/**
 * Who may sign in to PostgreSQL: each service as its own role, over TLS 1.3, by its certificate.
 * There are no passwords.
 */
public final class PostgresTrust {
  public static final String KEY_FILE = "server.key";
  public static final String CERTIFICATE_FILE = "server.crt";
  public static final String AUTHORITY_FILE = "authority.crt";

  private static final String MAP = "parts";
  private static final List<PartName> SERVICES =
      List.of(PartName.AUTH, PartName.SESSION, PartName.WORKSPACE);

  private PostgresTrust() {}

  /**
   * Settings of the server.
   *
   * @param directory in memory, with the three files
   */
  public static List<String> settings(Path directory) {
    return List.of(
        "ssl=on",
        "ssl_min_protocol_version=TLSv1.3",
        "ssl_key_file=" + directory.resolve(KEY_FILE),
        "ssl_cert_file=" + directory.resolve(CERTIFICATE_FILE),
        "ssl_ca_file=" + directory.resolve(AUTHORITY_FILE));
  }

  /** The lines of pg_hba.conf: what is not here is refused. */
  public static String accessRules(String database) {
    StringBuilder rules = new StringBuilder();
    for (PartName service : SERVICES) {
      rules.append("hostssl ").append(database).append(' ').append(role(service));
      rules.append(" 127.0.0.1/32 cert map=").append(MAP).append('\n');
    }
    return rules.toString();
  }

  /** The lines of pg_ident.conf: which name in a certificate is which role. */
  public static String names() {
    StringBuilder names = new StringBuilder();
    for (PartName service : SERVICES) {
      names.append(MAP).append(' ').append(service.commonName()).append(' ');
      names.append(role(service)).append('\n');
    }
    return names.toString();
  }

  private static String role(PartName service) {
    return "coffer_" + service.word();
  }
}
