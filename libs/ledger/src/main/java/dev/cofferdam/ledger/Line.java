// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

/** What a line of an export says. */
public sealed interface Line permits Row, Head, End {}
