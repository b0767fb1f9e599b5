// SPDX-License-Identifier: Apache-2.0
/**
 * Turns the seccomp profile in OCI form into the classic BPF program that bubblewrap loads.
 *
 * <p>Used once at start, on the main thread. The only package with native calls. No secrets.
 */
@NullMarked
package dev.cofferdam.sandboxhost.seccomp;

import org.jspecify.annotations.NullMarked;
