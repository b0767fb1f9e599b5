// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.door;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a person says of the public port, as it was typed.
 *
 * @param port 1 to 65535
 * @param listen an IP address of this machine
 * @param origin {@code https://NAME} that people use
 * @param certificate the chain, as PEM
 * @param key its private key, as PEM
 * @param proxies addresses or networks of proxies that terminate TLS
 */
public record DoorWords(
    int port,
    Optional<String> listen,
    Optional<String> origin,
    Optional<Path> certificate,
    Optional<Path> key,
    List<String> proxies) {

  public DoorWords {
    proxies = List.copyOf(proxies);
  }

  /** Plain HTTP for this machine alone. */
  public static DoorWords local(int port) {
    return new DoorWords(
        port, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }
}
