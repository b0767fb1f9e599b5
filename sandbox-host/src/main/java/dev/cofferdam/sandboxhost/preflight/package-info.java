// SPDX-License-Identifier: Apache-2.0
/**
 * What a host must offer before a box may start: user namespaces, FUSE, tools, and no swap that
 * would write a key to disk. No threads, no secrets.
 */
@NullMarked
package dev.cofferdam.sandboxhost.preflight;

import org.jspecify.annotations.NullMarked;
