package dev.snug.vision.picture;

import java.io.IOException;
import java.util.zip.CRC32;

/**
 * The chunks of one PNG file, one at a time (PNG specification, third edition, section 5). Chunks
 * that nobody asks the data of are skipped unread, whatever they claim to hold: text and profiles
 * never reach memory.
 */
final class PngChunks {
    private static final int SIGNATURE_BYTES = 8;

    /** Length, type and check sum around the data. */
    private static final int FRAME_BYTES = 12;

    private final PictureBytes file;
    private final CRC32 sum = new CRC32();
    private String type = "signature";
    private int length;
    private long dataAt;
    private int consumed;
    private long nextAt = SIGNATURE_BYTES;

    PngChunks(PictureBytes file) {
        this.file = file;
    }

    /**
     * Steps to the next chunk. It lies whole within the file, or is pixel data: that is read as far
     * as it goes, to tell the row where it ends.
     */
    void next() throws IOException {
        if (nextAt + FRAME_BYTES > file.size()) {
            throw new PictureException("the file ends early, after its " + type + " chunk");
        }
        byte[] head = file.bytes(nextAt, 8);
        type = typeName(head);
        length = (head[0] & 0xff) << 24 | (head[1] & 0xff) << 16 | file.uint16(nextAt + 2);
        dataAt = nextAt + 8;
        boolean cut = dataAt + length + 4 > file.size();
        if (length < 0 || (cut && !type.equals("IDAT"))) {
            throw endsWithin();
        }
        nextAt = dataAt + length + 4;
        consumed = 0;
        sum.reset();
        sum.update(head, 4, 4);
    }

    private String typeName(byte[] head) {
        StringBuilder name = new StringBuilder();
        for (int i = 4; i < 8; i++) {
            char letter = (char) (head[i] & 0xdf);
            if (letter < 'A' || letter > 'Z') {
                throw new PictureException("damaged: no chunk at byte " + nextAt);
            }
            name.append((char) head[i]);
        }
        return name.toString();
    }

    /** Four letters; the first is a capital where a reader must know the chunk. */
    String type() {
        return type;
    }

    boolean isCritical() {
        return Character.isUpperCase(type.charAt(0));
    }

    /** Bytes of data. */
    int length() {
        return length;
    }

    /** All the data, with its check sum proven; the caller has bounded the length. */
    byte[] data() throws IOException {
        byte[] data = file.bytes(dataAt, length);
        sum.update(data);
        checkSum();
        return data;
    }

    /** The next data into {@code block}: a count, or -1 when all is read and proven. */
    int read(byte[] block) throws IOException {
        if (consumed == length) {
            checkSum();
            return -1;
        }
        int count = Math.min(block.length, length - consumed);
        int read = file.read(dataAt + consumed, block, 0, count);
        if (read < 0) {
            throw endsWithin();
        }
        sum.update(block, 0, read);
        consumed += read;
        return read;
    }

    private void checkSum() throws IOException {
        long at = dataAt + length;
        if (at + 4 > file.size()) {
            throw endsWithin();
        }
        long stored = (long) file.uint16(at) << 16 | file.uint16(at + 2);
        if (stored != sum.getValue()) {
            throw new PictureException(
                    "damaged: the check sum of the %s chunk at byte %d is wrong"
                            .formatted(type, dataAt - 8));
        }
    }

    private PictureException endsWithin() {
        return new PictureException(
                "the file ends early, within its %s chunk of %d bytes at byte %d"
                        .formatted(type, Integer.toUnsignedLong(length), dataAt - 8));
    }
}
