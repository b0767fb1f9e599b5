// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.terminal.protocol;

final class Sizes {
  private Sizes() {}

  static void require(int columns, int rows) {
    if (columns < 1 || columns > Limits.LARGEST_COLUMNS || rows < 1 || rows > Limits.LARGEST_ROWS) {
      throw new BadFrame("a size is 1..1000 columns by 1..500 rows");
    }
  }
}
