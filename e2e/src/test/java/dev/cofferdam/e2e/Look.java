// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;

/** How a page is looked at: theme of the system and size of the window. */
enum Look {
  DARK(ColorScheme.DARK, 1280, 800),
  LIGHT(ColorScheme.LIGHT, 1280, 800),
  PHONE_DARK(ColorScheme.DARK, 390, 844),
  PHONE_LIGHT(ColorScheme.LIGHT, 390, 844);

  private final ColorScheme scheme;
  private final int width;
  private final int height;

  Look(ColorScheme scheme, int width, int height) {
    this.scheme = scheme;
    this.width = width;
    this.height = height;
  }

  NewContextOptions context() {
    return new NewContextOptions().setColorScheme(scheme).setViewportSize(width, height);
  }

  boolean isDark() {
    return scheme == ColorScheme.DARK;
  }

  ColorScheme scheme() {
    return scheme;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }
}
