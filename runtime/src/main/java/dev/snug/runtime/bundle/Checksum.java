package dev.snug.runtime.bundle;

import dev.snug.runtime.bundle.Manifest.FileEntry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.LongConsumer;

/** SHA-256 (FIPS 180-4) of bytes and of files, read in pieces and never through a link. */
final class Checksum {
    /** Read at once; larger pieces are not faster, and this much is always there. */
    private static final int PIECE_BYTES = 256 << 10;

    private Checksum() {}

    /** Size and SHA-256 of {@code file}; {@code done} is told the bytes read so far. */
    static FileEntry of(Path file, LongConsumer done) throws IOException {
        MessageDigest digest = sha256();
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
        long bytes = 0;
        try (FileChannel channel =
                FileChannel.open(
                        file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            while (channel.read(piece) >= 0) {
                bytes += piece.position();
                digest.update(piece.flip());
                piece.clear();
                done.accept(bytes);
            }
        }
        return new FileEntry(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    /** SHA-256 of {@code bytes}, 64 lower-case hex digits. */
    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
