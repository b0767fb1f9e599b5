// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** A handshake of two engines of one process. */
final class Rehearsal {
  private static final int MOST_STEPS = 64;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private Rehearsal() {}

  static void between(SSLEngine client, SSLEngine server) {
    int packet = client.getSession().getPacketBufferSize();
    ByteBuffer toServer = ByteBuffer.allocate(packet);
    ByteBuffer toClient = ByteBuffer.allocate(packet);
    try {
      client.beginHandshake();
      server.beginHandshake();
      for (int step = 0; step < MOST_STEPS; step++) {
        boolean moved = step(client, toClient, toServer) | step(server, toServer, toClient);
        if (!moved) {
          break;
        }
      }
      if (isUnderWay(client) || isUnderWay(server)) {
        throw new IdentityException("a handshake without an end");
      }
    } catch (SSLException e) {
      throw new IdentityException("nobody would take this certificate: " + e.getMessage(), e);
    }
  }

  private static boolean isUnderWay(SSLEngine engine) {
    return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
  }

  /** Whether the engine had anything to do. */
  private static boolean step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    HandshakeStatus status = engine.getHandshakeStatus();
    switch (status) {
      case NEED_TASK -> {
        for (Runnable task = engine.getDelegatedTask();
            task != null;
            task = engine.getDelegatedTask()) {
          task.run();
        }
        return true;
      }
      case NEED_WRAP -> {
        engine.wrap(NOTHING.duplicate(), out);
        return true;
      }
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
        in.flip();
        boolean there = in.hasRemaining();
        engine.unwrap(in, ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()));
        in.compact();
        return there;
      }
      case FINISHED, NOT_HANDSHAKING -> {
        return false;
      }
    }
    throw new IllegalStateException(status.toString());
  }
}
