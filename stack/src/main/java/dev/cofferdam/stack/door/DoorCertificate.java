// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.door;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.stack.process.StartFailure;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A chain, the server's own certificate first, and the key for it. Never printed. */
final class DoorCertificate {
  private static final int FEWEST_RSA_BITS = 2048;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

  private final DoorFiles files;
  private final List<X509Certificate> chain;
  private final PrivateKey key;

  private DoorCertificate(DoorFiles files, List<X509Certificate> chain, PrivateKey key) {
    this.files = files;
    this.chain = chain;
    this.key = key;
  }

  /**
   * @param chain as PEM
   * @param key as PEM
   * @throws StartFailure if they don't belong together; the message has nothing of the key
   */
  static DoorCertificate of(DoorFiles files, byte[] chain, byte[] key) {
    List<X509Certificate> certificates = certificates(files, chain);
    X509Certificate own = certificates.getFirst();
    requireKind(files, own);
    PrivateKey secret = PrivateKeyText.read(files.key(), key, own.getPublicKey());
    if (!isFor(own, secret)) {
      throw new StartFailure(
          files.key()
              + " is not the key of the first certificate in "
              + files.certificate()
              + ": name a pair with --tls-cert and --tls-key");
    }
    return new DoorCertificate(files, certificates, secret);
  }

  private static List<X509Certificate> certificates(DoorFiles files, byte[] pem) {
    try {
      List<X509Certificate> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!all.isEmpty()) {
        return all;
      }
    } catch (CertificateException e) {
      // Said below.
    }
    throw new StartFailure(
        files.certificate() + " holds no certificates as PEM: name the full chain with --tls-cert");
  }

  private static void requireKind(DoorFiles files, X509Certificate own) {
    boolean fit =
        switch (own.getPublicKey().getAlgorithm()) {
          case "EC" -> true;
          case "RSA" ->
              own.getPublicKey() instanceof RSAKey rsa
                  && rsa.getModulus().bitLength() >= FEWEST_RSA_BITS;
          default -> false;
        };
    if (!fit) {
      throw new StartFailure(
          files.certificate() + " has a key that browsers don't take: use ECDSA, or RSA from 2048");
    }
  }

  /** What one signs the other verifies. */
  private static boolean isFor(X509Certificate own, PrivateKey key) {
    String kind = own.getPublicKey().getAlgorithm().equals("EC") ? "ECDSA" : "RSA";
    try {
      Signature signature = Signature.getInstance("SHA256with" + kind);
      signature.initSign(key);
      signature.update(own.getEncoded());
      byte[] signed = signature.sign();
      signature.initVerify(own.getPublicKey());
      signature.update(own.getEncoded());
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /**
   * @throws StartFailure unless browsers would take it for this host at this time
   */
  void requireGood(String host, Instant now) {
    if (now.isAfter(notAfter())) {
      throw new StartFailure(
          files.certificate() + " has expired on " + day(notAfter()) + ": have it renewed");
    }
    Instant begin = chain.getFirst().getNotBefore().toInstant();
    if (now.isBefore(begin)) {
      throw new StartFailure(
          files.certificate()
              + " is not good before "
              + day(begin)
              + ": look at this host's clock");
    }
    if (!covers(host)) {
      throw new StartFailure(
          files.certificate() + " is not for " + host + ": name the one that is with --tls-cert");
    }
  }

  static String day(Instant instant) {
    return DAY.format(instant);
  }

  Instant notAfter() {
    return chain.getFirst().getNotAfter().toInstant();
  }

  /** By its alternative names alone, a star standing for one whole label (RFC 9525 section 6.3). */
  private boolean covers(String host) {
    try {
      var names = chain.getFirst().getSubjectAlternativeNames();
      return names != null && names.stream().anyMatch(name -> isName(name, host));
    } catch (CertificateException e) {
      return false;
    }
  }

  private static boolean isName(List<?> name, String host) {
    String value = name.get(1).toString().toLowerCase(Locale.ROOT);
    return switch ((Integer) name.getFirst()) {
      case DNS_NAME ->
          value.equals(host)
              || (value.startsWith("*.")
                  && host.indexOf('.') > 0
                  && value.substring(1).equals(host.substring(host.indexOf('.'))));
      case IP_ADDRESS -> isAddress(value, host.replaceAll("[\\[\\]]", ""));
      default -> false;
    };
  }

  private static boolean isAddress(String value, String host) {
    try {
      return InetAddress.ofLiteral(value).equals(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** For the gateway's standard input. */
  Map<String, String> handover() {
    return Map.of(
        "coffer.public.tls.chain",
        pem(),
        "coffer.public.tls.key",
        Base64.getEncoder().encodeToString(key.getEncoded()));
  }

  private String pem() {
    StringBuilder text = new StringBuilder();
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));
    for (X509Certificate each : chain) {
      try {
        text.append("-----BEGIN CERTIFICATE-----\n")
            .append(lines.encodeToString(each.getEncoded()));
        text.append("\n-----END CERTIFICATE-----\n");
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("it was read from its encoding", e);
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "DoorCertificate[" + chain.getFirst().getSerialNumber().toString(16) + "]";
  }
}
