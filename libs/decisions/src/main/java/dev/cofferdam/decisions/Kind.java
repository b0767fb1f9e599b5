// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.decisions;

/** What an action is done to. */
public enum Kind {
  INSTALLATION("thing"),
  PERSON("person"),
  INVITATION("invitation"),
  SERVICE_ACCOUNT("service account"),
  SSH_KEY("SSH key"),
  PASSKEY("passkey"),
  API_KEY("API key"),
  DEVICE("device"),
  NOTICE("notice"),
  WORKSPACE("workspace"),
  SESSION("session"),
  /** Asked for by the id of its session. */
  TERMINAL("session");

  private final String noun;

  Kind(String noun) {
    this.noun = noun;
  }

  /** For people: "there is no such …". */
  public String noun() {
    return noun;
  }
}
