package dev.snug.server.inference;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A picture of a request, as a file of this run until it is closed. For one thread.
 *
 * <p>It is written through {@link #out}, which takes a bounded number of bytes.
 */
final class PictureFile implements AutoCloseable {
    private final Path path;
    private final MessageDigest digest;
    private final OutputStream out;

    private PictureFile(Path path, MessageDigest digest, OutputStream out) {
        this.path = path;
        this.digest = digest;
        this.out = out;
    }

    /**
     * A new file.
     *
     * @param bytesMax that it may have
     */
    static PictureFile create(Path path, long bytesMax) throws IOException {
        MessageDigest digest = sha256();
        OutputStream file =
                Files.newOutputStream(
                        path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new PictureFile(
                path, digest, new DigestOutputStream(new Bounded(file, bytesMax), digest));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Takes its bytes; closed by who writes. */
    OutputStream out() {
        return out;
    }

    Path path() {
        return path;
    }

    /** Of what was written, 64 hexadecimal digits; asked once. */
    String sha256Text() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        try (out) {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }

    /** Refuses what is too much before it is written. */
    private static final class Bounded extends FilterOutputStream {
        private final long bytesMax;
        private long left;

        Bounded(OutputStream out, long bytesMax) {
            super(out);
            this.bytesMax = bytesMax;
            this.left = bytesMax;
        }

        @Override
        public void write(int oneByte) throws IOException {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw Refused.tooLarge(
                        "a picture is larger than the " + bytesMax + " bytes allowed here");
            }
            out.write(bytes, offset, length);
        }
    }
}
