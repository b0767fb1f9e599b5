// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

/** A provider did not answer, or not as it must. The message holds nothing that it sent. */
final class ProviderFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a person can do about it. */
  enum Kind {
    /** Not there at present: try again later. */
    AWAY,
    /** It, or somebody between, answers what must not be believed: begin again, or ask. */
    WRONG,
    /** It says no: the person turned back there, or the code was spent. */
    REFUSED
  }

  private final Kind kind;

  private ProviderFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  static ProviderFailure away(String what) {
    return new ProviderFailure(Kind.AWAY, what);
  }

  static ProviderFailure wrong(String what) {
    return new ProviderFailure(Kind.WRONG, what);
  }

  static ProviderFailure refused(String what) {
    return new ProviderFailure(Kind.REFUSED, what);
  }

  Kind kind() {
    return kind;
  }
}
