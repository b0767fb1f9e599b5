// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.handover.HandoverLine;
import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks auth-service for one-time links. */
public final class SignInLinks {
  /** The first call after a start on a busy machine; a start that has no link to print fails. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** No answer is lost by it: a link that nobody saw signs nobody in. */
  private static final UntilAvailable AGAIN =
      new UntilAvailable(Duration.ofMinutes(1), Duration.ofMillis(500));

  private final List<Integer> ports;
  private final Supplier<PartIdentity> identity;
  private final Supplier<String> credential;
  private final String address;

  SignInLinks(
      List<Integer> ports,
      Supplier<PartIdentity> identity,
      Supplier<String> credential,
      String address) {
    this.identity = identity;
    this.ports = List.copyOf(ports);
    this.credential = credential;
    this.address = address;
  }

  private HttpClient client() {
    HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    return identity.get().connecting(client, PartName.AUTH).build();
  }

  /**
   * A fresh link, good once for fifteen minutes; the token is in the part that is never sent.
   *
   * @param name whom it is for; the owner if it is empty
   */
  public String fresh(Optional<String> name) {
    String body = HandoverLine.write(name.map(n -> Map.of("name", n)).orElse(Map.of()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + credential.get())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    try (HttpClient http = client()) {
      HttpResponse<String> answer =
          AGAIN.answerTo(() -> FirstToAnswer.ask(http, ports, "/internal/links", request));
      name.ifPresent(n -> requirePerson(n, answer.statusCode()));
      String token = new ObjectMapper().readTree(answer.body()).path("token").asText();
      if (answer.statusCode() != 201 || token.isEmpty()) {
        throw new StartFailure("auth-service gives no link: status " + answer.statusCode());
      }
      return address + "/sign-in#" + token;
    } catch (IOException e) {
      throw new StartFailure("auth-service does not answer: try again, or see ./coffer status");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("interrupted");
    }
  }

  private static void requirePerson(String name, int status) {
    switch (status) {
      case 400, 404 ->
          throw new StartFailure(
              "nobody here has the name '"
                  + name
                  + "': owners see all names on the page People, and ./coffer link signs in the"
                  + " first of them");
      case 403 ->
          throw new StartFailure(
              name
                  + " may not sign in here: an owner can switch the account on, on the page People");
      default -> {
        // A link, or a failure that is nobody's name.
      }
    }
  }
}
