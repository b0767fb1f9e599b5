// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity.postgres;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Whether a PostgreSQL on this machine has started up. It listens before that, and refuses
 * everybody with 57P03. PostgreSQL manual, chapters 54.2 (start-up) and 54.8 (error fields).
 */
public final class PostgresReadiness {
  private static final int PATIENCE_MILLIS = 2000;
  private static final int PROTOCOL_3 = 196608;
  private static final String CANNOT_CONNECT_NOW = "57P03";
  private static final int LONGEST_ANSWER = 1024;
  private static final int ERROR = 'E';

  private PostgresReadiness() {}

  /**
   * Begins a plain connection, and looks at the first answer: it asks for a password or refuses by
   * a rule only once it is ready.
   *
   * @param role needs no right to connect
   */
  public static boolean isReady(int port, String role, String database) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      begin(socket, role, database);
      int kind = socket.getInputStream().read();
      if (kind != ERROR) {
        return kind > 0;
      }
      // After an error the server hangs up.
      byte[] fields = socket.getInputStream().readNBytes(LONGEST_ANSWER);
      String text = new String(fields, StandardCharsets.US_ASCII);
      return text.contains("\0C") && !text.contains("\0C" + CANNOT_CONNECT_NOW + "\0");
    } catch (IOException e) {
      return false;
    }
  }

  private static void begin(Socket socket, String role, String database) throws IOException {
    byte[] names =
        ("user\0" + role + "\0database\0" + database + "\0\0").getBytes(StandardCharsets.US_ASCII);
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(8 + names.length);
    out.writeInt(PROTOCOL_3);
    out.write(names);
    out.flush();
  }
}
