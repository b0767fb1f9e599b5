// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import java.util.ArrayList;
import java.util.List;

/** Several workspaces that are open at once, and closed whatever becomes of the measurement. */
record Sandboxes(List<Opened> all) implements AutoCloseable {
  /**
   * All of them, or none is left open. Each with a terminal at once: a session that nobody looks at
   * ends after two minutes, and opening many takes longer on a busy machine.
   */
  static Sandboxes open(Product product, String name, int count) {
    Sandboxes open = new Sandboxes(new ArrayList<>());
    try {
      for (int i = 0; i < count; i++) {
        Opened opened = Opened.of(product, name + i);
        open.all.add(opened);
        opened.terminal();
      }
      return open;
    } catch (IllegalStateException e) {
      open.close();
      throw e;
    }
  }

  /** So many of each. */
  List<CofferLine> terminals(int each) {
    return all.stream().flatMap(sandbox -> sandbox.terminals(each).stream()).toList();
  }

  @Override
  public void close() {
    all.forEach(Opened::close);
  }
}
