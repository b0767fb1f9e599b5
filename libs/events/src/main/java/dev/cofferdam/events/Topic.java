// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.events;

/** Kafka topics; the number is the version of all records in them. */
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
