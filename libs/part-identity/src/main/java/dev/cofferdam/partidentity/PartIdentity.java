// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity;

import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What a part shows and whom it believes, in TLS 1.3 with certificates on both ends. Engines of
 * today show tomorrow's credential once it has been replaced.
 */
public final class PartIdentity {
  private static final String[] PROTOCOLS = {"TLSv1.3"};

  /** A session that is resumed shows no certificate again: not for long, then. */
  private static final int SESSION_SECONDS = 600;

  private final PartName name;
  private final X509Certificate authority;
  private final LiveKeys keys;
  private final Statements statements;
  private final Map<Set<PartName>, SSLContext> contexts = new ConcurrentHashMap<>();

  PartIdentity(PartName name, X509Certificate authority, Credential first) {
    this.name = name;
    this.authority = authority;
    this.keys = new LiveKeys(first);
    this.statements = new Statements(authority);
  }

  /** Of a part that was handed what {@link Credential#handover} gave. */
  public static PartIdentity received(
      PartName name, X509Certificate authority, Map<String, String> handed) {
    return new PartIdentity(name, authority, Credential.received(name, authority, handed));
  }

  /** The next one that was handed over. */
  public void receive(Map<String, String> handed) {
    replace(Credential.received(name, authority, handed));
  }

  void replace(Credential next) {
    keys.replace(next);
  }

  public PartName name() {
    return name;
  }

  /** The newest. */
  public Credential credential() {
    return keys.newest();
  }

  /** For connecting: speaks to that part and nobody else. */
  public SSLEngine engineTo(PartName other) {
    SSLEngine engine = context(Set.of(other)).createSSLEngine();
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(PROTOCOLS);
    return engine;
  }

  /**
   * Says something under this part's name.
   *
   * @return a detached JSON Web Signature (RFC 7515, appendix F), about a kilobyte of ASCII
   */
  public String sign(String content) {
    return Statements.sign(credential(), content, Instant.now());
  }

  /**
   * Who says this, be it long ago or by a clock that was ahead: what counts is that the certificate
   * was good at the time that it was signed.
   *
   * @param signature as {@link #sign} gives it
   * @throws StatementRefused if nobody with a certificate of our authority does
   */
  public PartName signerOf(String content, String signature) {
    return statements.read(content, signature);
  }

  /** For being connected to by one of these parts, who has to show a certificate. */
  public SSLEngine engineFor(Set<PartName> admitted) {
    SSLEngine engine = context(admitted).createSSLEngine();
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(PROTOCOLS);
    engine.setNeedClientAuth(true);
    return engine;
  }

  /**
   * Shakes hands with itself in memory: the first real handshake finds everything loaded, and a
   * certificate that nobody would take is found out at once.
   */
  public void rehearse() {
    Rehearsal.between(engineTo(name), engineFor(Set.of(name)));
  }

  /**
   * The context behind both; use it together with {@link #parameters}.
   *
   * @param others whose certificates are accepted
   */
  public SSLContext context(Set<PartName> others) {
    return contexts.computeIfAbsent(Set.copyOf(others), this::makeContext);
  }

  /** Makes an HTTP client speak to that part and nobody else. */
  public HttpClient.Builder connecting(HttpClient.Builder client, PartName other) {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(PROTOCOLS);
    return client.sslContext(context(Set.of(other))).sslParameters(parameters);
  }

  /** For servers that make their contexts themselves; always the newest credential. */
  public X509ExtendedKeyManager keys() {
    return keys;
  }

  /** For the same: certificates of our authority for these parts. */
  public X509ExtendedTrustManager trustIn(Set<PartName> others) {
    return new PinnedTrust(authority, others);
  }

  /** TLS 1.3 alone, and a certificate from who connects. */
  public static SSLParameters parameters() {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setNeedClientAuth(true);
    return parameters;
  }

  private SSLContext makeContext(Set<PartName> others) {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(
          new KeyManager[] {keys}, new TrustManager[] {new PinnedTrust(authority, others)}, null);
      context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
      context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK speaks TLS 1.3", e);
    }
  }

  @Override
  public String toString() {
    return "PartIdentity[" + name.word() + "]";
  }
}
