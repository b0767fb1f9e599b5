// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority for websites, with the real openssl, that nobody but a test believes. */
public final class WebAuthority implements AutoCloseable {
  private static final List<String> EC =
      List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");

  private final Folder folder = Folder.fresh("web-authority");
  private int issued;

  /** What a tool like certbot leaves: a chain and its key, which only its owner may read. */
  public record Pair(Path certificate, Path key) {
    /** The server's own. */
    public X509Certificate first() {
      return read(certificate);
    }

    /** Over those files, one after the other, as whoever renews without care does. */
    public void copyTo(Path otherCertificate, Path otherKey) {
      try {
        Files.write(otherCertificate, Files.readAllBytes(certificate));
        Files.write(otherKey, Files.readAllBytes(key));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public WebAuthority() {
    List<String> command = new ArrayList<>(List.of("req", "-x509", "-days", "3650"));
    command.addAll(EC);
    command.addAll(List.of("-nodes", "-keyout", "ca.key", "-out", "ca.pem"));
    command.addAll(List.of("-subj", "/CN=Cofferdam test authority"));
    openssl(command);
  }

  /**
   * Good for ninety days.
   *
   * @param names as {@code DNS:localhost} or {@code IP:127.0.0.1}
   */
  public Pair issue(String... names) {
    return issue(EC, 90, names);
  }

  /**
   * @param newKey openssl's words for the kind of key
   */
  public Pair issue(List<String> newKey, int days, String... names) {
    String number = Integer.toString(++issued);
    folder.write(
        number + ".ext",
        "subjectAltName=" + String.join(",", names) + "\nextendedKeyUsage=serverAuth\n");
    List<String> request = new ArrayList<>(List.of("req"));
    request.addAll(newKey);
    request.addAll(List.of("-nodes", "-keyout", number + ".key", "-out", number + ".csr"));
    request.addAll(List.of("-subj", "/CN=a server"));
    openssl(request);
    List<String> sign = new ArrayList<>(List.of("x509", "-req", "-in", number + ".csr"));
    sign.addAll(List.of("-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", "0x7e57" + number));
    sign.addAll(List.of("-days", Integer.toString(days), "-extfile", number + ".ext"));
    sign.addAll(List.of("-out", number + ".pem"));
    openssl(sign);
    try {
      Path own = folder.file(number + ".pem");
      Path chain = folder.file(number + "-chain.pem");
      Files.writeString(chain, Files.readString(own) + Files.readString(folder.file("ca.pem")));
      return new Pair(chain, folder.file(number + ".key"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For clients that believe it and nobody else. */
  public SSLContext believed() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("authority", read(folder.file("ca.pem")));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), new SecureRandom());
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new TestkitException("no context: " + e);
    }
  }

  private static X509Certificate read(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (GeneralSecurityException | IOException e) {
      throw new TestkitException(pem + ": " + e);
    }
  }

  /** Runs {@code openssl} where its files are. */
  public void openssl(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.path().toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(folder.file("stderr").toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new TestkitException(command + ": " + Files.readString(folder.file("stderr")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
