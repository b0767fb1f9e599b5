// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.door;

import dev.cofferdam.stack.process.StartFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The certificate of the public port, read anew when its files have changed. What is not good is
 * not taken: the one before stays, and a notice says why. A pair is read once its files have stayed
 * as they are for a whole look, so that one that is just being written is not complained about.
 *
 * <p>Looking is comparing where the names lead, and file number, size and time: links that are
 * turned to new files are seen too, which a watch on a directory misses when they lead elsewhere.
 */
public final class DoorCertificates {
  /** How often somebody should look. */
  public static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private static final Duration NEAR_ITS_END = Duration.ofDays(14);

  private final DoorFiles files;
  private final String host;
  private final InstantSource clock;
  private String read;
  private String seen;
  private DoorCertificate current;
  private Optional<String> refusal = Optional.empty();

  private DoorCertificates(
      DoorFiles files, String host, InstantSource clock, String stamp, DoorCertificate first) {
    this.files = files;
    this.host = host;
    this.clock = clock;
    read = stamp;
    seen = stamp;
    current = first;
  }

  /**
   * @throws StartFailure if the files are not what browsers would take for this host
   */
  static DoorCertificates open(DoorFiles files, String host, InstantSource clock) {
    String stamp = files.stamp().orElse("");
    DoorCertificate first = files.read();
    first.requireGood(host, clock.instant());
    return new DoorCertificates(files, host, clock, stamp, first);
  }

  /** Looks whether the files have changed; whether there is another certificate now. */
  public synchronized boolean look() {
    String stamp = files.stamp().orElse("gone");
    boolean settled = stamp.equals(seen);
    seen = stamp;
    if (!settled || stamp.equals(read)) {
      return false;
    }
    read = stamp;
    try {
      DoorCertificate next = files.read();
      next.requireGood(host, clock.instant());
      current = next;
      refusal = Optional.empty();
      return true;
    } catch (StartFailure e) {
      refusal = Optional.of("The certificate stays the one before: " + e.text());
      return false;
    }
  }

  /** What an operator should know: files that were changed and not taken, an end that is near. */
  public synchronized Optional<String> notice() {
    return refusal.or(this::end);
  }

  private Optional<String> end() {
    Instant end = current.notAfter();
    if (clock.instant().plus(NEAR_ITS_END).isBefore(end)) {
      return Optional.empty();
    }
    String verb = clock.instant().isBefore(end) ? " expires on " : " has expired on ";
    return Optional.of(files.certificate() + verb + DoorCertificate.day(end) + ": have it renewed");
  }

  /** The newest, for the gateway's standard input. */
  public synchronized Map<String, String> handover() {
    return current.handover();
  }
}
