// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import io.vertx.core.Context;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;

/**
 * A browser's socket and what it goes over.
 *
 * @param context its event loop
 * @param connection to be closed without a word if the socket does not end
 */
record BrowserLine(ServerWebSocket socket, Context context, HttpConnection connection) {}
