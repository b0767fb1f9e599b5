// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose request is not whole in time, counted from its first byte: one that sends
 * a byte now and then would hold a connection for ever. It sits behind the decoder.
 */
final class WholeRequests extends ChannelInboundHandlerAdapter {
  static final Duration LONGEST = Duration.ofSeconds(30);

  private boolean whole;
  private @Nullable Future<?> end;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    whole = message instanceof LastHttpContent;
    context.fireChannelRead(message);
    if (!(message instanceof HttpObject) && !context.isRemoved()) {
      // It has become a socket, whose frames have no end.
      context.pipeline().remove(this);
    }
  }

  /** After each read from the connection, also where the decoder could make nothing of it yet. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (whole) {
      cancel();
    } else if (end == null) {
      Runnable close = context::close;
      end = context.executor().schedule(close, LONGEST.toSeconds(), TimeUnit.SECONDS);
    }
    whole = false;
    context.fireChannelReadComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    cancel();
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    cancel();
  }

  private void cancel() {
    if (end != null) {
      end.cancel(false);
      end = null;
    }
  }
}
