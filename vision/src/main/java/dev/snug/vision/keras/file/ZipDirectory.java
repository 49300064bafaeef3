package dev.snug.vision.keras.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The entries of a zip file by name, with the place of each one's bytes in the file: what {@code
 * java.util.zip} does not tell and mapping a stored entry needs. Zip64 is understood, encryption
 * and several disks are not.
 *
 * <p>Source: PKWARE APPNOTE.TXT 6.3.10, sections 4.3 (records) and 4.5.3 (zip64 extra field).
 */
final class ZipDirectory {
    /** A Keras file has three entries and perhaps some assets. */
    private static final int ENTRIES = 1024;

    /** Entries × 1 KiB: names and extra fields are far shorter. */
    private static final int DIRECTORY_BYTES = 1 << 20;

    private static final int END_BYTES = 22;
    private static final int COMMENT_BYTES = 0xFFFF;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END64_SIGNATURE = 0x06064b50;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int END64_BYTES = 56;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int ZIP64_FIELD = 1;
    private static final int ENCRYPTED = 1;
    private static final long IN_ZIP64 = 0xFFFFFFFFL;

    /**
     * One entry.
     *
     * @param dataOffset where its (compressed) bytes begin in the file
     */
    record Entry(
            String name, int method, long crc, long compressedBytes, long bytes, long dataOffset) {
        static final int STORED = 0;
        static final int DEFLATED = 8;
    }

    private record Place(long entries, long offset, long bytes) {}

    private final FileChannel channel;
    private final long fileBytes;

    private ZipDirectory(FileChannel channel) throws IOException {
        this.channel = channel;
        this.fileBytes = channel.size();
    }

    /** All entries of the zip file that {@code channel} reads. */
    static Map<String, Entry> read(FileChannel channel) throws IOException {
        return new ZipDirectory(channel).entries();
    }

    private Map<String, Entry> entries() throws IOException {
        Place place = place();
        if (place.entries() > ENTRIES || place.bytes() > DIRECTORY_BYTES) {
            throw new KerasException(
                    "its zip directory lists %d entries in %d bytes; the limits are %d and %d"
                            .formatted(place.entries(), place.bytes(), ENTRIES, DIRECTORY_BYTES));
        }
        ByteBuffer directory = bytes(place.offset(), place.bytes());
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (long i = 0; i < place.entries(); i++) {
            Entry entry = entry(directory);
            if (entries.put(entry.name(), entry) != null) {
                throw new KerasException("its zip directory lists " + entry.name() + " twice");
            }
        }
        return entries;
    }

    private Place place() throws IOException {
        long tailBytes = Math.min(fileBytes, END_BYTES + COMMENT_BYTES);
        ByteBuffer tail = bytes(fileBytes - tailBytes, tailBytes);
        for (int at = (int) tailBytes - END_BYTES; at >= 0; at--) {
            boolean found = tail.getInt(at) == END_SIGNATURE;
            if (found && at + END_BYTES + unsignedShort(tail, at + 20) == tailBytes) {
                long end = fileBytes - tailBytes + at;
                Place place =
                        new Place(
                                unsignedShort(tail, at + 10),
                                unsignedInt(tail, at + 16),
                                unsignedInt(tail, at + 12));
                boolean zip64 = place.entries() == 0xFFFF || place.offset() == IN_ZIP64;
                return zip64 || place.bytes() == IN_ZIP64 ? place64(end) : place;
            }
        }
        throw damaged("it has no end record; it may be cut short");
    }

    private Place place64(long end) throws IOException {
        ByteBuffer locator = bytes(end - LOCATOR_BYTES, LOCATOR_BYTES);
        if (locator.getInt(0) != LOCATOR_SIGNATURE) {
            throw damaged("its zip64 locator is missing");
        }
        ByteBuffer record = bytes(locator.getLong(8), END64_BYTES);
        if (record.getInt(0) != END64_SIGNATURE) {
            throw damaged("its zip64 end record is missing");
        }
        return new Place(record.getLong(32), record.getLong(48), record.getLong(40));
    }

    private Entry entry(ByteBuffer directory) throws IOException {
        int at = directory.position();
        if (directory.remaining() < ENTRY_BYTES || directory.getInt(at) != ENTRY_SIGNATURE) {
            throw damaged("its directory ends early");
        }
        int nameBytes = unsignedShort(directory, at + 28);
        int extraBytes = unsignedShort(directory, at + 30);
        int allBytes = ENTRY_BYTES + nameBytes + extraBytes + unsignedShort(directory, at + 32);
        if (directory.remaining() < allBytes) {
            throw damaged("its directory ends early");
        }
        String name = name(directory, at + ENTRY_BYTES, nameBytes);
        if ((directory.getShort(at + 8) & ENCRYPTED) != 0) {
            throw new KerasException("its entry " + name + " is encrypted");
        }
        ByteBuffer extra = directory.slice(at + ENTRY_BYTES + nameBytes, extraBytes);
        Zip64 wide = new Zip64(extra.order(ByteOrder.LITTLE_ENDIAN));
        long bytes = wide.orNarrow(unsignedInt(directory, at + 24));
        long compressed = wide.orNarrow(unsignedInt(directory, at + 20));
        long local = wide.orNarrow(unsignedInt(directory, at + 42));
        long data = dataOffset(name, local);
        if (bytes < 0 || compressed < 0 || compressed > fileBytes - data) {
            throw damaged("entry " + name + " reaches beyond the end of the file");
        }
        directory.position(at + allBytes);
        int method = unsignedShort(directory, at + 10);
        return new Entry(name, method, unsignedInt(directory, at + 16), compressed, bytes, data);
    }

    /**
     * The local header repeats the name, and its extra field may be longer than the directory's.
     */
    private long dataOffset(String name, long local) throws IOException {
        ByteBuffer header = bytes(local, LOCAL_BYTES);
        int nameBytes = unsignedShort(header, 26);
        if (header.getInt(0) != LOCAL_SIGNATURE
                || !name.equals(name(bytes(local + LOCAL_BYTES, nameBytes), 0, nameBytes))) {
            throw damaged("the directory and the header of entry " + name + " disagree");
        }
        return local + LOCAL_BYTES + nameBytes + unsignedShort(header, 28);
    }

    /** Reads the values of the zip64 extra field in order, as the narrow fields ask for them. */
    private static final class Zip64 {
        private final ByteBuffer values;

        Zip64(ByteBuffer extra) {
            ByteBuffer found = extra.slice(0, 0);
            while (extra.remaining() >= 4) {
                int id = Short.toUnsignedInt(extra.getShort());
                int bytes = Math.min(Short.toUnsignedInt(extra.getShort()), extra.remaining());
                if (id == ZIP64_FIELD) {
                    found = extra.slice(extra.position(), bytes);
                }
                extra.position(extra.position() + bytes);
            }
            values = found.order(ByteOrder.LITTLE_ENDIAN);
        }

        long orNarrow(long narrow) {
            if (narrow != IN_ZIP64) {
                return narrow;
            }
            if (values.remaining() < Long.BYTES) {
                throw damaged("a zip64 size is missing");
            }
            return values.getLong();
        }
    }

    private ByteBuffer bytes(long offset, long count) throws IOException {
        if (offset < 0 || count < 0 || offset > fileBytes || count > fileBytes - offset) {
            throw damaged("a record lies beyond the end of the file");
        }
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(count));
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw damaged("it was cut short while it was read");
            }
        }
        return buffer.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String name(ByteBuffer buffer, int at, int bytes) {
        return StandardCharsets.UTF_8.decode(buffer.slice(at, bytes)).toString();
    }

    private static int unsignedShort(ByteBuffer buffer, int at) {
        return Short.toUnsignedInt(buffer.getShort(at));
    }

    private static long unsignedInt(ByteBuffer buffer, int at) {
        return Integer.toUnsignedLong(buffer.getInt(at));
    }

    private static KerasException damaged(String how) {
        return new KerasException("its zip structure is damaged: " + how);
    }
}
