// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import java.util.ArrayList;
import java.util.List;

/** A workspace made and opened for one measurement, locked and deleted after it. */
final class Opened implements AutoCloseable {
  private final Product product;
  private final String workspace;
  private final String name;
  private final String session;
  private final List<CofferLine> lines = new ArrayList<>();

  private Opened(Product product, String name) {
    this.product = product;
    this.name = name;
    workspace = product.createWorkspace(name);
    session = product.unlock(workspace);
  }

  static Opened of(Product product, String name) {
    return new Opened(product, name);
  }

  CofferLine terminal() {
    CofferLine line = product.openTerminal(session);
    lines.add(line);
    return line;
  }

  /** So many, those that are there already among them. */
  List<CofferLine> terminals(int count) {
    while (lines.size() < count) {
      terminal();
    }
    return List.copyOf(lines);
  }

  void lock() {
    product.lock(session);
  }

  /** Also once it was locked. */
  @Override
  public void close() {
    lines.forEach(CofferLine::close);
    lock();
    product.delete(workspace, name);
  }
}
