// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit.permission;

/** Whether a status is what a cell of the table says. */
public final class Answered {
  private Answered() {}

  /** {@code yes} is every answer but a refusal to this asker and a fault of ours. */
  public static boolean as(String cell, int status) {
    return cell.equals("yes")
        ? status != 401 && status != 403 && status != 404 && status < 500
        : cell.equals(Integer.toString(status));
  }
}
