// SPDX-License-Identifier: Apache-2.0
/**
 * SSH keys of people and signing in with them: a challenge that says what is signed, a signature by
 * {@code ssh-keygen -Y sign}, one try. Only public keys and signatures pass through.
 */
@NullMarked
package dev.cofferdam.auth.sshkey;

import org.jspecify.annotations.NullMarked;
