// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.events;

/**
 * Kafka topics; the number is that of what they are and how they are ordered. Each record says the
 * version of its own form.
 */
public enum Topic {
  SESSION("coffer.session.v1"),
  WORKSPACE("coffer.workspace.v1"),
  SECURITY("coffer.security.v1");

  private final String wireName;

  Topic(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
