// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity.postgres;

import dev.cofferdam.partidentity.IdentityException;
import dev.cofferdam.partidentity.OwnIdentity;
import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
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
    sockets = ofThisApplication();
  }

  /** As somebody else, which only a test can be. */
  protected OwnSockets(PartIdentity identity) {
    sockets = identity.context(Set.of(PartName.POSTGRES)).getSocketFactory();
  }

  /**
   * The driver may have been loaded by another class loader than the service, and this class with
   * it, as in the service's tests: the identity is the service's, got once.
   */
  private static SSLSocketFactory ofThisApplication() {
    try {
      ClassLoader application = Thread.currentThread().getContextClassLoader();
      return (SSLSocketFactory)
          Class.forName(OwnIdentity.class.getName(), true, application)
              .getMethod("socketsToPostgres")
              .invoke(null);
    } catch (InvocationTargetException e) {
      throw new IdentityException("no certificate to show to PostgreSQL", e);
    } catch (ReflectiveOperationException e) {
      throw new IdentityException("this application has no identity", e);
    }
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
