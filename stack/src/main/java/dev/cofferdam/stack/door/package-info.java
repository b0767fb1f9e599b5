// SPDX-License-Identifier: Apache-2.0
/**
 * Where and how people come in: address, origin, and the certificate files of the public port, all
 * looked at before anything is started. The private key passes through on its way to the gateway
 * and is never written anywhere. One thread looks after the files; any may ask.
 */
@NullMarked
package dev.cofferdam.stack.door;

import org.jspecify.annotations.NullMarked;
