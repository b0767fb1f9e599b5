// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.partidentity.OwnIdentity;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Kept connections to another part, HTTP/1.1 in TLS 1.3 with certificates on both ends. The bytes
 * are the event loop's work; who asks waits for them on its own, virtual, thread.
 */
final class PartConnections {
  private static final int CONNECT_MILLIS = 2000;

  /** Closed here before the other end does it (60 s), so that none is used while it closes. */
  private static final int KEPT_SECONDS = 30;

  /** At once, and how many more may wait for one: who comes then is told that it is too much. */
  private static final int MOST = 64;

  private static final int MOST_WAITING = 1024;

  private final HttpClient http;
  private final String service;
  private final Replicas replicas;
  private final Supplier<String> client;

  /**
   * @param client from where a person asks at present; empty if nobody does
   */
  PartConnections(Vertx vertx, PartAddresses addresses, Supplier<String> client) {
    this.client = client;
    service = addresses.service();
    replicas = new Replicas(addresses.all(), System::nanoTime);
    http =
        vertx.createHttpClient(
            options(addresses),
            new PoolOptions().setHttp1MaxSize(MOST).setMaxWaitQueueSize(MOST_WAITING));
  }

  private static HttpClientOptions options(PartAddresses addresses) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setKeepAliveTimeout(KEPT_SECONDS)
            .setTcpNoDelay(true);
    if (!addresses.isSecure()) {
      return options;
    }
    // Whose certificate it has to be is the context's to say: the name in it, not the address.
    return options
        .setSsl(true)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setUseAlpn(false)
        .setVerifyHost(false)
        .setSslEngineOptions(new PinnedTls(OwnIdentity.get().context(Set.of(addresses.part()))));
  }

  /**
   * What came.
   *
   * @param retryAfter the header of that name, if there was one
   */
  record Answer(int status, byte[] body, @Nullable String retryAfter) {}

  /**
   * @param body JSON, or null for none
   * @param longest until all of the answer is here
   * @throws IOException if it is not
   */
  Answer send(String method, String path, String bearer, byte @Nullable [] body, Duration longest)
      throws IOException, InterruptedException {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("who waits for a part must not be the event loop");
    }
    String from = client.get();
    return replicas.ask(
        (replica, left) ->
            once(from(from, options(method, replica, path, bearer, left)), body, left),
        method.equals("GET"),
        longest);
  }

  private static RequestOptions options(
      String method, URI replica, String path, String bearer, Duration left) {
    return new RequestOptions()
        .setMethod(HttpMethod.valueOf(method))
        .setHost(replica.getHost())
        .setPort(replica.getPort())
        .setURI(path)
        .setConnectTimeout(Math.clamp(left.toMillis(), 1, CONNECT_MILLIS))
        .putHeader("Authorization", "Bearer " + bearer)
        .putHeader("Content-Type", "application/json");
  }

  private static RequestOptions from(String address, RequestOptions options) {
    return address.isEmpty() ? options : options.putHeader(ClientAddressHeader.NAME, address);
  }

  private Answer once(RequestOptions options, byte @Nullable [] body, Duration left)
      throws IOException, InterruptedException {
    Asking asking = new Asking(body);
    CompletableFuture<Answer> answer =
        http.request(options).compose(asking::begin).toCompletionStage().toCompletableFuture();
    boolean isHere = false;
    try {
      Answer got = answer.get(left.toNanos(), TimeUnit.NANOSECONDS);
      isHere = true;
      return got;
    } catch (TimeoutException e) {
      throw late(asking, service + " did not answer in time");
    } catch (ExecutionException e) {
      throw failure(asking, e.getCause());
    } finally {
      if (!isHere) {
        asking.giveUp();
      }
    }
  }

  /** Whether anything of it has left makes a difference to who would ask the next replica. */
  private static HttpTimeoutException late(Asking asking, String what) {
    return asking.isSent() ? new HttpTimeoutException(what) : new HttpConnectTimeoutException(what);
  }

  private static IOException failure(Asking asking, @Nullable Throwable cause) {
    if (cause instanceof IOException e) {
      return e;
    }
    if (cause instanceof HttpClosedException e) {
      return new SocketException(e.getMessage());
    }
    return cause instanceof TimeoutException
        ? late(asking, "no connection in time")
        : new IOException(cause);
  }

  /** One request; its connection is closed should nobody wait for it any more. */
  private static final class Asking {
    private final byte @Nullable [] body;
    private final AtomicReference<@Nullable HttpClientRequest> sent = new AtomicReference<>();
    private volatile boolean isGivenUp;

    Asking(byte @Nullable [] body) {
      this.body = body;
    }

    Future<Answer> begin(HttpClientRequest request) {
      sent.set(request);
      if (isGivenUp) {
        request.reset();
        return Future.failedFuture("nobody waits for it");
      }
      return (body == null ? request.send() : request.send(Buffer.buffer(body)))
          .compose(
              response ->
                  response
                      .body()
                      .map(
                          all ->
                              new Answer(
                                  response.statusCode(),
                                  all.getBytes(),
                                  response.getHeader("Retry-After"))));
    }

    boolean isSent() {
      return sent.get() != null;
    }

    void giveUp() {
      isGivenUp = true;
      HttpClientRequest request = sent.get();
      if (request != null) {
        request.reset();
      }
    }
  }
}
