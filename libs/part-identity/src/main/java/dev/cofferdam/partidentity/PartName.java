// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** Everything that may have a certificate. */
public enum PartName {
  AUTH,
  SESSION,
  WORKSPACE,
  GATEWAY,
  KAFKA,
  POSTGRES,
  STACK;

  private static final String DOMAIN = ".cofferdam.internal";

  /** Its role in Vault and its principal in Kafka, for instance {@code auth}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The whole subject of its certificates, for instance {@code auth.cofferdam.internal}. */
  public String commonName() {
    return word() + DOMAIN;
  }

  /**
   * @param word as {@link #word} gives it
   */
  public static PartName of(String word) {
    return Arrays.stream(values())
        .filter(part -> part.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no part " + word));
  }

  /**
   * @param service {@code auth-service} and so on
   */
  public static PartName ofService(String service) {
    return of(service.replaceFirst("-service$", ""));
  }

  /** Whose certificate it is; empty for one that names nobody of us. Says nothing of its worth. */
  public static Optional<PartName> in(X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
    return Arrays.stream(values())
        .filter(part -> subject.equals("CN=" + part.commonName()))
        .findFirst();
  }
}
