// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A key that an authority has vouched for (PROTOCOL.certkeys).
 *
 * <pre>
 * certificate = string type, string nonce, the key's parts, uint64 serial, uint32 kind, string key id,
 *               string ( *string principal ), uint64 valid after, uint64 valid before,
 *               string ( *( string option, string value ) ), string extensions, string reserved,
 *               string authority's key, string signature over all before it
 * </pre>
 *
 * @param serial unsigned; 0 if the authority gives none
 * @param principals whom it is for; each is one name, commas and all
 */
public record UserCertificate(
    SshPublicKey key,
    long serial,
    String keyId,
    boolean forUser,
    List<String> principals,
    Window window,
    boolean hasCriticalOptions,
    SshPublicKey authority) {
  static final String SUFFIX = "-cert-v01@openssh.com";
  private static final int FOR_USER = 1;
  private static final int MOST_PRINCIPALS = 256;

  public UserCertificate {
    principals = List.copyOf(principals);
  }

  /** Seconds since 1970, unsigned: from the first, up to but without the second. */
  record Window(long after, long before) {
    boolean holds(Instant now) {
      long second = now.getEpochSecond();
      return Long.compareUnsigned(second, after) >= 0 && Long.compareUnsigned(second, before) < 0;
    }
  }

  /** What to do with it; each name says why. */
  public enum Decision {
    ADMITTED,
    OTHER_AUTHORITY,
    NOT_FOR_USERS,
    OTHER_PRINCIPAL,
    NOT_VALID_NOW,
    CRITICAL_OPTIONS
  }

  static boolean isType(String type) {
    return type.endsWith(SUFFIX);
  }

  /** Reads one that its own authority has signed, whoever that is. */
  static UserCertificate parse(byte[] blob) {
    Wire in = new Wire(blob);
    String type = in.name();
    if (!isType(type)) {
      throw new MalformedSsh("not a certificate");
    }
    in.string();
    SshPublicKey key = KeyParts.read(keyType(type), in);
    long serial = in.uint64();
    int kind = in.uint32();
    String keyId = in.text();
    List<String> principals = principals(new Wire(in.string()));
    Window window = new Window(in.uint64(), in.uint64());
    boolean critical = in.string().length > 0;
    in.string();
    in.string();
    SshPublicKey authority = SshPublicKey.parse(in.string());
    byte[] signed = in.before();
    if (!authority.verifies(in.string(), signed)) {
      throw new MalformedSsh("the authority has not signed it");
    }
    in.end();
    return new UserCertificate(
        key, serial, keyId, kind == FOR_USER, principals, window, critical, authority);
  }

  private static String keyType(String type) {
    return switch (type.substring(0, type.length() - SUFFIX.length())) {
      case "sk-ssh-ed25519" -> SecurityKey.TYPE;
      case SecurityKey.TYPE -> throw new MalformedSsh("not a certificate's type");
      case String other -> other;
    };
  }

  private static List<String> principals(Wire in) {
    List<String> principals = new ArrayList<>();
    while (!in.isAtEnd()) {
      principals.add(in.text());
      if (principals.size() > MOST_PRINCIPALS) {
        throw new MalformedSsh("more than 256 principals");
      }
    }
    return principals;
  }

  /** As it is written in a {@code -cert.pub} file. */
  public String type() {
    return key.type().replace("@openssh.com", "") + SUFFIX;
  }

  /** When it ends; empty if it does not. */
  public Optional<Instant> notAfter() {
    return window.before() < 0 || window.before() > Instant.MAX.getEpochSecond()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(window.before()));
  }

  /**
   * Whether it stands for this principal now. A certificate for nobody in particular stands for
   * nobody, and one with critical options is refused: they would ask for what a sign-in can't keep.
   */
  public Decision decide(Collection<SshPublicKey> authorities, String principal, Instant now) {
    if (!authorities.contains(authority)) {
      return Decision.OTHER_AUTHORITY;
    }
    if (!forUser) {
      return Decision.NOT_FOR_USERS;
    }
    if (!principals.contains(principal)) {
      return Decision.OTHER_PRINCIPAL;
    }
    if (!window.holds(now)) {
      return Decision.NOT_VALID_NOW;
    }
    return hasCriticalOptions ? Decision.CRITICAL_OPTIONS : Decision.ADMITTED;
  }
}
