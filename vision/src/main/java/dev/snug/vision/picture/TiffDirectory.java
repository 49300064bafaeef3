package dev.snug.vision.picture;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The first directory of a TIFF file (TIFF 6.0, section 2): numbers by tag. Values that lie
 * elsewhere in the file are read where they are asked for, so no list of them is ever in memory.
 */
final class TiffDirectory {
    /** Entries; files in use have below a hundred. */
    private static final int ENTRIES = 4096;

    private static final int ENTRY_BYTES = 12;

    /** Bytes, text, whole numbers of 2 and 4 bytes; others say nothing that matters here. */
    private static final int BYTE = 1;

    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int UNDEFINED = 7;

    private final PictureBytes file;
    private final boolean isLittle;
    private final Map<Integer, Entry> entries = new HashMap<>();

    /** {@code count} numbers of {@code bytes} bytes, the first at {@code at}. */
    private record Entry(long count, int bytes, long at) {}

    private TiffDirectory(PictureBytes file, boolean isLittle) {
        this.file = file;
        this.isLittle = isLittle;
    }

    static TiffDirectory of(PictureBytes file) throws IOException {
        file.require(0, 8);
        TiffDirectory directory = new TiffDirectory(file, file.at(0) == 'I');
        directory.read(directory.number(4, 4));
        return directory;
    }

    private void read(long at) throws IOException {
        file.require(at, 2);
        long count = number(at, 2);
        if (count == 0 || count > ENTRIES) {
            throw new PictureException("damaged: a directory of " + count + " entries");
        }
        file.require(at + 2, count * ENTRY_BYTES);
        for (long i = 0; i < count; i++) {
            long entry = at + 2 + i * ENTRY_BYTES;
            int bytes =
                    switch ((int) number(entry + 2, 2)) {
                        case BYTE, UNDEFINED -> 1;
                        case SHORT -> 2;
                        case LONG -> 4;
                        default -> 0;
                    };
            long values = number(entry + 4, 4);
            if (bytes > 0 && values > 0) {
                boolean isInside = values * bytes <= 4;
                long place = isInside ? entry + 8 : number(entry + 8, 4);
                entries.putIfAbsent((int) number(entry, 2), new Entry(values, bytes, place));
            }
        }
    }

    private long number(long at, int bytes) throws IOException {
        return switch (bytes) {
            case 1 -> file.at(at);
            case 2 -> isLittle ? file.uint16Little(at) : file.uint16(at);
            default ->
                    isLittle
                            ? file.uint32Little(at)
                            : (long) file.uint16(at) << 16 | file.uint16(at + 2);
        };
    }

    /** Whether numbers, samples of 16 bits too, have their low byte first. */
    boolean isLittle() {
        return isLittle;
    }

    /** How many values a tag has; 0 where it is absent. */
    long count(int tag) {
        Entry entry = entries.get(tag);
        return entry == null ? 0 : entry.count;
    }

    /** The first value of a tag, or what is meant where it is absent. */
    long value(int tag, long absent) throws IOException {
        return count(tag) == 0 ? absent : value(tag, 0L, absent);
    }

    /** Value number {@code index} of a tag, 0 to 4294967295. */
    long value(int tag, long index, long absent) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null) {
            return absent;
        }
        long at = entry.at + index * entry.bytes;
        if (index >= entry.count || at + entry.bytes > file.size()) {
            throw new PictureException(
                    "damaged: value %d of %d of field %d is missing"
                            .formatted(index, entry.count, tag));
        }
        return number(at, entry.bytes);
    }

    /** Where the values of a tag lie; they are bytes. */
    Piece bytes(int tag) {
        Entry entry = entries.get(tag);
        if (entry == null || entry.bytes != 1) {
            return new Piece(0, 0);
        }
        file.require(entry.at, entry.count);
        return new Piece(entry.at, entry.count);
    }
}
