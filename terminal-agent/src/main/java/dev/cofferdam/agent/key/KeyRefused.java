// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.key;

/** There is no key to be had; the slug is stable, the message carries no secret. */
public final class KeyRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final String slug;

  KeyRefused(String slug, String message) {
    super(message);
    this.slug = slug;
  }

  KeyRefused(String slug, String message, Throwable cause) {
    super(message, cause);
    this.slug = slug;
  }

  public String slug() {
    return slug;
  }
}
