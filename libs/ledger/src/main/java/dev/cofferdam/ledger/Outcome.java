// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

/** Whether it was done or refused. */
public enum Outcome {
  REFUSED("refused"),
  ALLOWED("allowed");

  private final String wireName;

  Outcome(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /**
   * @throws IllegalArgumentException for another word
   */
  public static Outcome of(String wireName) {
    for (Outcome outcome : values()) {
      if (outcome.wireName.equals(wireName)) {
        return outcome;
      }
    }
    throw new IllegalArgumentException("outcome is neither allowed nor refused");
  }
}
