// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import java.util.ArrayList;
import java.util.List;

/** A workspace opened for one measurement and locked after it. */
final class Opened implements AutoCloseable {
  private final Product product;
  private final String session;
  private final List<CofferLine> lines = new ArrayList<>();

  private Opened(Product product, String session) {
    this.product = product;
    this.session = session;
  }

  static Opened of(Product product, String name) {
    return new Opened(product, product.unlock(product.createWorkspace(name)));
  }

  CofferLine terminal() {
    CofferLine line = product.openTerminal(session);
    lines.add(line);
    return line;
  }

  @Override
  public void close() {
    lines.forEach(CofferLine::close);
    product.lock(session);
  }
}
