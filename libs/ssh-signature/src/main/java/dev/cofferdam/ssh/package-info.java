// SPDX-License-Identifier: Apache-2.0
/**
 * Signatures of files as {@code ssh-keygen -Y sign} makes them (PROTOCOL.sshsig), and the keys in
 * them.
 *
 * <p>Ed25519, Ed25519 on security keys, ECDSA on P-256, RSA of 3072 bits and more with SHA-2, and
 * user certificates of these. Everything that OpenSSH merely tolerates is refused: bytes that are
 * left over, numbers with leading zeros, base64 with slack bits. Only public things pass through;
 * everything here is immutable and thread-safe.
 */
@NullMarked
package dev.cofferdam.ssh;

import org.jspecify.annotations.NullMarked;
