// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door.tls;

import dev.cofferdam.handover.HandoverException;
import dev.cofferdam.handover.HandoverLine;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Takes what the supervisor hands over while we run, a line each: the next certificate, or why
 * there is none. Ends with the supervisor's end of the pipe.
 */
final class HandedCertificates {
  /** Why files that were changed are not used, or that the certificate ends soon. */
  static final String NOTICE = "coffer.public.tls.notice";

  private static final Logger LOG = Logger.getLogger(HandedCertificates.class);

  private final InputStream lines;
  private final ServerKeys keys;

  HandedCertificates(InputStream lines, ServerKeys keys) {
    this.lines = lines;
    this.keys = keys;
  }

  void follow() {
    Thread.ofPlatform().daemon().name("certificates").start(this::takeAll);
  }

  void takeAll() {
    try {
      for (Optional<Map<String, String>> line = HandoverLine.readNext(lines);
          line.isPresent();
          line = HandoverLine.readNext(lines)) {
        take(line.get());
      }
    } catch (HandoverException e) {
      LOG.error("no more certificates: " + e.getMessage());
    }
  }

  private void take(Map<String, String> line) {
    if (line.containsKey(NOTICE)) {
      LOG.warn(line.get(NOTICE));
      return;
    }
    try {
      ServerCertificate next = ServerCertificate.handed(line);
      keys.replace(next);
      LOG.info("new connections are shown " + next);
    } catch (IllegalArgumentException e) {
      LOG.error("the certificate stays the one before: " + e.getMessage());
    }
  }
}
