// SPDX-License-Identifier: Apache-2.0
/**
 * Boxes: their command line, their processes, and the registry of those that run.
 *
 * <p>A box is started by one platform thread that lives as long as the program (its death would
 * kill the boxes, see {@link dev.cofferdam.sandboxhost.box.BoxStarter}); everything else runs on
 * the asker's thread, on a virtual thread per box, or on the one that looks for orphans. No key and
 * no token passes through here.
 */
@NullMarked
package dev.cofferdam.sandboxhost.box;

import org.jspecify.annotations.NullMarked;
