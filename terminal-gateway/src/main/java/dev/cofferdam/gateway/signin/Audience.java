// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

/** Which service an access token is for. */
public enum Audience {
  AUTH("auth-service"),
  SESSION("session-service"),
  WORKSPACE("workspace-service");

  private final String wireName;

  Audience(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }
}
