// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.mount;

/** The workspace was not mounted; the slug is stable. */
public final class MountRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final String slug;

  MountRefused(String slug, String message) {
    super(message);
    this.slug = slug;
  }

  MountRefused(String slug, String message, Throwable cause) {
    super(message, cause);
    this.slug = slug;
  }

  public String slug() {
    return slug;
  }
}
