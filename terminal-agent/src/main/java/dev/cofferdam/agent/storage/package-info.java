// SPDX-License-Identifier: Apache-2.0
/**
 * What the workspace's ciphertext takes of the disk, and the end of writing where that is all it
 * may take (ADR 0031). Sizes and numbers of files only; no names and no content.
 */
@NullMarked
package dev.cofferdam.agent.storage;

import org.jspecify.annotations.NullMarked;
