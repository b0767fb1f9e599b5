// SPDX-License-Identifier: Apache-2.0
/**
 * Real servers for tests, each a process of its own that dies with the test's JVM, on free ports of
 * loopback, with its data in a directory that goes with it. No part of the product uses it.
 */
@NullMarked
package dev.cofferdam.testkit;

import org.jspecify.annotations.NullMarked;
