// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity.postgres;

import dev.cofferdam.partidentity.OwnIdentity;
import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The driver's {@code sslfactory}: connections to PostgreSQL and nobody else, with this service's
 * certificate. The driver makes one for each connection, by its name.
 */
public class OwnSockets extends SSLSocketFactory {
  private final SSLSocketFactory sockets;

  public OwnSockets() {
    this(OwnIdentity.get());
  }

  /** As somebody else, which only a test can be. */
  protected OwnSockets(PartIdentity identity) {
    sockets = identity.context(Set.of(PartName.POSTGRES)).getSocketFactory();
  }

  private static Socket only13(Socket socket) {
    ((SSLSocket) socket).setSSLParameters(PartIdentity.parameters());
    return socket;
  }

  @Override
  public Socket createSocket(Socket plain, String host, int port, boolean close)
      throws IOException {
    return only13(sockets.createSocket(plain, host, port, close));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return only13(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return only13(sockets.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return only13(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return only13(sockets.createSocket(host, port, local, localPort));
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }
}
