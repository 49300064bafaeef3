package dev.snug.speech.synth;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a tar archive of regular files, each below 8 GiB, all of the same date.
 *
 * <p>Source: IEEE 1003.1, pax, "ustar Interchange Format".
 */
final class TarWriter {
    private static final int BLOCK_BYTES = 512;
    private static final int NAME_BYTES_MAX = 100;

    /** What eleven octal digits can say. */
    private static final long FILE_BYTES_MAX = (1L << 33) - 1;

    private static final int CHECKSUM_AT = 148;
    private static final long SECONDS = 1_700_000_000;

    private final OutputStream out;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes the bytes of a file, exactly as many as were announced. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    void file(String name, byte[] content) throws IOException {
        file(name, content.length, to -> to.write(content));
    }

    void file(String name, long bytes, Content content) throws IOException {
        out.write(header(name, bytes));
        content.writeTo(out);
        out.write(new byte[Math.floorMod(-bytes, BLOCK_BYTES)]);
    }

    /** Two empty blocks end an archive. */
    void end() throws IOException {
        out.write(new byte[2 * BLOCK_BYTES]);
    }

    private static byte[] header(String name, long bytes) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        if (nameBytes.length > NAME_BYTES_MAX || bytes < 0 || bytes > FILE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "%s with %d bytes does not fit: names have at most %d bytes, files %d"
                            .formatted(name, bytes, NAME_BYTES_MAX, FILE_BYTES_MAX));
        }
        byte[] header = new byte[BLOCK_BYTES];
        System.arraycopy(nameBytes, 0, header, 0, nameBytes.length);
        put(header, 100, "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(bytes));
        put(header, 136, "%011o".formatted(SECONDS));
        Arrays.fill(header, CHECKSUM_AT, CHECKSUM_AT + 8, (byte) ' ');
        put(header, 156, "0");
        put(header, 257, "ustar");
        put(header, 263, "00");
        int sum = 0;
        for (byte b : header) {
            sum += Byte.toUnsignedInt(b);
        }
        put(header, CHECKSUM_AT, "%06o\0".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
