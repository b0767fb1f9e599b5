// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/**
 * The headers of answers that no route gives, and their bodies: the server refuses what is no HTTP,
 * a line or a header that is too long, before there is a request that {@link Door} could see. Netty
 * tells us of each new connection and we sit down behind its encoder until it becomes a WebSocket.
 */
public final class WireHeaders extends ChannelInitializerExtension {
  /** Netty makes the extension itself, so it can't be given anything. */
  private static volatile SecurityHeaders headers = new SecurityHeaders(false);

  /** Made by the service loader. */
  public WireHeaders() {}

  /** What the answers of connections from now on have. */
  static void use(SecurityHeaders ours) {
    headers = ours;
  }

  @Override
  public void postInitializeServerChildChannel(Channel connection) {
    connection.pipeline().addLast(new Newcomer());
  }

  /** The server builds its pipeline around this one; by the first bytes it is complete. */
  private static final class Newcomer extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      ChannelHandlerContext encoder = context.pipeline().context(HttpResponseEncoder.class);
      if (encoder != null) {
        context.pipeline().addAfter(encoder.name(), null, new WholeRequests());
        context.pipeline().addAfter(encoder.name(), null, new Answers());
      } else if (context.pipeline().get(SslHandler.class) != null) {
        // These bytes are TLS; the encoder comes after the handshake, ahead of the first plain
        // ones.
        context.pipeline().addLast(new Newcomer());
      }
      context.fireChannelRead(bytes);
      context.pipeline().remove(this);
    }
  }

  private static final class Answers extends ChannelDuplexHandler {
    private boolean refused;

    /** The server would take any protocol by its name, and answer in it. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request && !isHttp1(request)) {
        refused = true;
        write(
            context,
            new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST),
            context.newPromise());
        context.flush();
      }
      if (refused) {
        ReferenceCountUtil.release(message);
      } else {
        context.fireChannelRead(message);
      }
    }

    /** What could not be read has a version that the decoder made up. */
    private static boolean isHttp1(HttpRequest request) {
      return request.decoderResult().isFailure()
          || request.protocolVersion().equals(HttpVersion.HTTP_1_1)
          || request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      if (!(message instanceof HttpResponse answer)) {
        context.write(message, promise);
        return;
      }
      boolean ofARoute = answer.headers().contains(SecurityHeaders.MARK);
      HttpResponse told = ofARoute ? answer : ofOurs(answer);
      ChannelFuture written = context.write(told, promise.unvoid());
      if (told != answer) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
      if (answer.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
        context.pipeline().remove(WholeRequests.class);
        context.pipeline().remove(this);
      }
    }

    private static HttpResponse ofOurs(HttpResponse answer) {
      HttpResponse ours =
          answer instanceof FullHttpResponse all ? WireProblems.explained(all) : answer;
      headers.put(ours.headers()::set);
      ours.headers().set("Cache-Control", "no-store");
      return ours;
    }
  }
}
