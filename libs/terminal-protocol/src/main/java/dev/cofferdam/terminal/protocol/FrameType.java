// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.terminal.protocol;

/** The first byte of every frame. */
public enum FrameType {
  INPUT(0x01),
  RESIZE(0x02),
  ACK(0x03),
  STAY(0x04),
  PING(0x05),
  ATTACH(0x06),
  OPEN(0x41),
  RENEW(0x42),
  LOCK(0x43),
  CREATE_TERMINAL(0x44),
  ENTER(0x45),
  LIST_TERMINALS(0x46),
  CLOSE_TERMINAL(0x47),
  OUTPUT(0x81),
  RESET(0x82),
  ATTACHED(0x83),
  EXITED(0x84),
  STATUS(0x85),
  PONG(0x86),
  RESIZED(0x87),
  CLOSED(0x88),
  STEP(0xC0),
  DONE(0xC1),
  FAILED(0xC2),
  TERMINALS(0xC3),
  RENEWED(0xC4),
  REFUSED(0xC5);

  private static final FrameType[] BY_CODE = new FrameType[256];

  static {
    for (FrameType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;

  FrameType(int code) {
    this.code = code;
  }

  public byte code() {
    return (byte) code;
  }

  /** Whether a client may send it. */
  public boolean isFromClient() {
    return code <= ATTACH.code;
  }

  /**
   * @throws BadFrame for a byte that starts no frame
   */
  public static FrameType of(byte code) {
    FrameType type = BY_CODE[Byte.toUnsignedInt(code)];
    if (type == null) {
      throw new BadFrame("unknown frame type");
    }
    return type;
  }
}
