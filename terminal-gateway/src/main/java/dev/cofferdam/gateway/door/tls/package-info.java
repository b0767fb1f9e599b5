// SPDX-License-Identifier: Apache-2.0
/**
 * TLS on the public port. Key and chain are handed over by the supervisor, which reads the files;
 * each later one replaces the one before for new connections. The key is in memory only and never
 * printed. One thread waits for what is handed over; handshakes ask on the event loop.
 */
@NullMarked
package dev.cofferdam.gateway.door.tls;

import org.jspecify.annotations.NullMarked;
