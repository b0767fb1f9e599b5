// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.sandbox;

/**
 * The runtime answers (again): exits may have been missed, and boxes may be there that nobody
 * knows.
 */
public record RuntimeBack() {}
