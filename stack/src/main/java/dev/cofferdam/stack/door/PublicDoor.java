// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.door;

import dev.cofferdam.stack.process.StartFailure;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The public port as it will be. There are three kinds and no fourth (ADR 0017): plain HTTP on
 * loopback for a localhost origin; TLS from certificate files; plain HTTP for the proxies that
 * terminate TLS.
 *
 * @param listen where it listens
 * @param origin as browsers write it
 * @param certificates of the port itself
 * @param proxies who alone may ask, if there are any
 */
public record PublicDoor(
    InetAddress listen,
    int port,
    URI origin,
    Optional<DoorCertificates> certificates,
    List<String> proxies) {
  private static final String LOCAL = "localhost";
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  public PublicDoor {
    proxies = List.copyOf(proxies);
  }

  /**
   * @throws StartFailure with the option that is wrong and what would be right
   */
  public static PublicDoor of(DoorWords words, InstantSource clock) {
    InetAddress listen = Addresses.listen(words.listen().orElse("127.0.0.1"));
    words.proxies().forEach(Addresses::requireProxy);
    if (words.certificate().isPresent() != words.key().isPresent()) {
      throw new StartFailure("--tls-cert and --tls-key belong together: name both");
    }
    URI origin = origin(words, listen);
    if (origin.getScheme().equals("http")) {
      requireLocal(words, origin, listen);
    } else if (words.certificate().isEmpty() && words.proxies().isEmpty()) {
      throw new StartFailure(
          "--origin "
              + origin
              + " needs TLS: name --tls-cert and --tls-key, or the proxy that terminates it with"
              + " --behind-proxy");
    }
    Optional<DoorCertificates> certificates =
        words
            .certificate()
            .map(file -> new DoorFiles(file, words.key().orElseThrow()))
            .map(files -> DoorCertificates.open(files, origin.getHost(), clock));
    return new PublicDoor(listen, words.port(), origin, certificates, words.proxies());
  }

  private static URI origin(DoorWords words, InetAddress listen) {
    if (words.origin().isPresent()) {
      return parsed(words.origin().get());
    }
    boolean plain = words.certificate().isEmpty() && words.proxies().isEmpty();
    if (plain && listen.isLoopbackAddress()) {
      return URI.create("http://" + LOCAL + ":" + words.port());
    }
    throw new StartFailure(
        "--origin is missing: say how people reach this server, --origin https://NAME"
            + (plain ? ", and name --tls-cert and --tls-key or --behind-proxy" : ""));
  }

  private static URI parsed(String text) {
    try {
      URI given = new URI(text.toLowerCase(Locale.ROOT));
      boolean bare =
          given.getScheme() != null
              && given.getScheme().matches("https?")
              && given.getHost() != null
              && given.getRawUserInfo() == null
              && given.getRawPath().isEmpty()
              && given.getRawQuery() == null
              && given.getRawFragment() == null;
      if (bare) {
        return new URI(given.getScheme(), null, given.getHost(), port(given), null, null, null);
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw new StartFailure("--origin takes https://NAME or https://NAME:PORT and no more");
  }

  /** Browsers leave out the port that everybody knows; -1 for that. */
  private static int port(URI given) {
    int usual = given.getScheme().equals("https") ? HTTPS_PORT : HTTP_PORT;
    return given.getPort() == usual ? -1 : given.getPort();
  }

  private static void requireLocal(DoorWords words, URI origin, InetAddress listen) {
    if (words.certificate().isPresent() || !words.proxies().isEmpty()) {
      throw new StartFailure("--origin " + origin + " is not what TLS serves: make it https://");
    }
    if (!origin.getHost().equals(LOCAL)) {
      throw new StartFailure(
          "--origin "
              + origin
              + " would send sign-ins in plain text: make it https://, with --tls-cert and"
              + " --tls-key or --behind-proxy");
    }
    if (!listen.isLoopbackAddress()) {
      throw new StartFailure(
          "--listen "
              + listen.getHostAddress()
              + " would serve plain HTTP to others: add --origin https://NAME with --tls-cert and"
              + " --tls-key or --behind-proxy");
    }
  }

  /** What the gateway is told in words that everybody may see. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("coffer.public.origin", origin.toString());
    settings.put("quarkus.http.host", listen.getHostAddress());
    if (!proxies.isEmpty()) {
      settings.put("coffer.trusted-proxies", String.join(",", proxies));
    }
    return settings;
  }
}
