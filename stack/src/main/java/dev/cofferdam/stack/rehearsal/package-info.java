// SPDX-License-Identifier: Apache-2.0
/** What a person does first, done once by a program so that caches of a start know it too. */
@org.jspecify.annotations.NullMarked
package dev.cofferdam.stack.rehearsal;
