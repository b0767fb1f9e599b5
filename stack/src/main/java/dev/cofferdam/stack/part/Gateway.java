// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.stack.door.DoorCertificates;
import dev.cofferdam.stack.door.PublicDoor;
import dev.cofferdam.stack.process.Launch;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A gateway with its public port. It gets the port's certificate on its standard input, and each
 * later one when the files have changed: it has a user that can't read them.
 */
final class Gateway implements Part {
  private static final int LOWEST_FREE_PORT = 1024;

  private final Service service;
  private final PublicDoor door;
  private Optional<String> told = Optional.empty();

  /** What it has by now: there may be another gateway that looks at the same files. */
  private Map<String, String> given = Map.of();

  Gateway(Service service, PublicDoor door) {
    this.service = service;
    this.door = door;
  }

  @Override
  public String name() {
    return service.name();
  }

  @Override
  public List<String> needs() {
    return service.needs();
  }

  @Override
  public int port() {
    return service.port();
  }

  @Override
  public Launch launch() {
    Launch plain = service.launch();
    Map<String, String> handed = new HashMap<>(plain.handover());
    given = door.certificates().map(DoorCertificates::handover).orElse(Map.of());
    handed.putAll(given);
    told = Optional.empty();
    return new Launch(
        plain.command(),
        plain.user(),
        handed,
        door.certificates().isPresent(),
        port() < LOWEST_FREE_PORT ? Launch.Rights.LOW_PORT : Launch.Rights.NONE);
  }

  @Override
  public boolean isReady() {
    return service.isReady();
  }

  @Override
  public Optional<Duration> refreshEvery() {
    return door.certificates().map(certificates -> DoorCertificates.LOOK_EVERY);
  }

  @Override
  public void refresh(Process running) throws IOException {
    if (door.certificates().isEmpty()) {
      return;
    }
    DoorCertificates certificates = door.certificates().get();
    certificates.look();
    Map<String, String> newest = certificates.handover();
    if (!newest.equals(given)) {
      hand(running, newest);
      given = newest;
    }
    Optional<String> notice = certificates.notice();
    if (notice.isPresent() && !notice.equals(told)) {
      hand(running, Map.of("coffer.public.tls.notice", notice.get()));
    }
    told = notice;
  }

  private static void hand(Process running, Map<String, String> values) throws IOException {
    running.getOutputStream().write(Launch.line(values).getBytes(UTF_8));
    running.getOutputStream().flush();
  }

  @Override
  public Optional<String> notice() {
    return door.certificates().flatMap(DoorCertificates::notice);
  }
}
