// SPDX-License-Identifier: Apache-2.0
/**
 * How a gateway speaks with the sandbox-host of its machine: one JSON object a line, over a Unix
 * socket.
 *
 * <pre>
 * → {"id":1,"op":"start","workspaceId":"…"}
 * ← {"id":1,"ok":true,"box":{"sandboxId":"…","workspaceId":"…","socket":"/…/agent.sock","pid":4711,"startedAt":"…"}}
 * ← {"id":2,"ok":false,"problem":"too-many-boxes","detail":"…"}
 * ← {"event":"exited","sandboxId":"…","workspaceId":"…","reason":"idle"}
 * </pre>
 *
 * <p>Nothing here is secret: a sandbox-host knows no key and no token. Values and a codec only.
 */
@NullMarked
package dev.cofferdam.sandbox.protocol;

import org.jspecify.annotations.NullMarked;
