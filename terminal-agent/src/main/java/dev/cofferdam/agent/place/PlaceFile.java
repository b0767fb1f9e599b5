// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.place;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A place on the disk, which is to say in the encrypted tree, beside the user's files. */
final class PlaceFile {
  /** As much as FUSE passes on at once; the JVM copies each piece out of its heap first. */
  private static final int PIECE_BYTES = 128 * 1024;

  private final Path file;
  private final Path fresh;

  PlaceFile(Path file) {
    this.file = file;
    fresh = file.resolveSibling(file.getFileName() + ".new");
  }

  /**
   * Never waits for the disk: what is renamed outlives this process, and gocryptfs, which has the
   * key, could not be ended while it waits for a busy disk. Should the power fail before it is
   * there, the sum in the file does not match and nothing is brought back. A link that somebody put
   * into the ciphertext is not followed.
   */
  void write(Place place) throws IOException {
    ByteBuffer bytes = PlaceCodec.write(place);
    Files.deleteIfExists(fresh);
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      while (bytes.hasRemaining()) {
        int most = Math.min(PIECE_BYTES, bytes.remaining());
        int written = channel.write(bytes.slice(bytes.position(), most));
        bytes.position(bytes.position() + written);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Empty if there is none, or what is there is no place. */
  Optional<Place> read() {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = input.readNBytes(PlaceCodec.LARGEST_BYTES + 1);
      return bytes.length > PlaceCodec.LARGEST_BYTES ? Optional.empty() : PlaceCodec.decode(bytes);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void remove() throws IOException {
    Files.deleteIfExists(fresh);
    Files.deleteIfExists(file);
  }
}
