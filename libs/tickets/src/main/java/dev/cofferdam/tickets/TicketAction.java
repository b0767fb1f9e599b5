// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tickets;

/** What a ticket allows, once. */
public enum TicketAction {
  /** Take the key with the wrapping token that comes along, mount, start the cell. */
  OPEN("open"),
  /** Let the lease run on from now. */
  RENEW("renew"),
  /** End everything. */
  LOCK("lock"),
  /** Create, list, enter or close terminals. */
  TERMINAL("terminal");

  private final String wireName;

  TicketAction(String wireName) {
    this.wireName = wireName;
  }

  /** The value of the {@code act} claim. */
  public String wireName() {
    return wireName;
  }

  static TicketAction ofWireName(String name) {
    for (TicketAction action : values()) {
      if (action.wireName.equals(name)) {
        return action;
      }
    }
    throw new MalformedTicket("unknown action");
  }
}
