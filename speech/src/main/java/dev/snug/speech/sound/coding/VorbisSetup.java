package dev.snug.speech.sound.coding;

/**
 * Walks through the third header of Vorbis and holds what a decoder would make of it against
 * limits, before one does: the counts in it are up to 2^24 each, and powers of each other.
 *
 * <p>Source: Xiph.org, "Vorbis I specification" (2020), sections 3.2.1, 4.2.4, 6.2.2, 7.2.2 and
 * 8.6.1.
 */
final class VorbisSetup {
    /** Numbers in all codebooks; those of libvorbis have some 300,000. */
    static final long NUMBERS_MAX = 4_000_000;

    /** Words of one residue's classes; libvorbis has 10,000 at most. */
    static final long CLASS_WORDS_MAX = 1 << 17;

    /** Partitions of one residue: eight channels of 4,096 values, one each. */
    static final long PARTITIONS_MAX = 1 << 15;

    private static final int HEADER_BITS = 7 * 8;
    private static final int BOOK_SYNC = 0x564342;

    private final byte[] packet;
    private long at = HEADER_BITS;
    private int[] dimensions = new int[0];
    private long numbers;

    private VorbisSetup(byte[] packet) {
        this.packet = packet;
    }

    /**
     * Checks the packet.
     *
     * @throws CodingException when it is damaged or beyond the limits
     */
    static void check(byte[] packet) throws CodingException {
        VorbisSetup setup = new VorbisSetup(packet);
        setup.books();
        for (long count = setup.read(6) + 1; count > 0; count--) {
            setup.read(16);
        }
        for (long count = setup.read(6) + 1; count > 0; count--) {
            setup.floor();
        }
        for (long count = setup.read(6) + 1; count > 0; count--) {
            setup.residue();
        }
    }

    private void books() throws CodingException {
        dimensions = new int[(int) read(8) + 1];
        for (int i = 0; i < dimensions.length; i++) {
            if (read(24) != BOOK_SYNC) {
                throw new CodingException("is damaged: a codebook begins wrongly");
            }
            dimensions[i] = (int) read(16);
            int entries = (int) read(24);
            numbers += entries * (8L + dimensions[i]);
            require(numbers <= NUMBERS_MAX, "codebooks");
            if (read(1) == 1) {
                skipOrdered(entries);
            } else {
                skipLengths(entries);
            }
            skipLookup(dimensions[i], entries);
        }
    }

    private void skipOrdered(int entries) throws CodingException {
        read(5);
        int entry = 0;
        while (entry < entries) {
            entry += (int) read(32 - Integer.numberOfLeadingZeros(entries - entry));
        }
    }

    private void skipLengths(int entries) throws CodingException {
        boolean isSparse = read(1) == 1;
        for (int i = 0; i < entries; i++) {
            if (!isSparse || read(1) == 1) {
                read(5);
            }
        }
    }

    private void skipLookup(int dimensions, int entries) throws CodingException {
        int type = (int) read(4);
        if (type == 0) {
            return;
        }
        require(type <= 2 && dimensions > 0, "lookups");
        read(32);
        read(32);
        int bits = (int) read(4) + 1;
        read(1);
        long values = type == 1 ? roots(entries, dimensions) : (long) entries * dimensions;
        skip(values * bits);
    }

    /** The largest number whose power of {@code dimensions} is not above {@code entries}. */
    private static long roots(int entries, int dimensions) {
        long root = (long) Math.pow(entries, 1.0 / dimensions) + 1;
        while (Math.pow((double) root, dimensions) > entries) {
            root--;
        }
        return root;
    }

    private void floor() throws CodingException {
        int type = (int) read(16);
        require(type <= 1, "floors");
        if (type == 0) {
            skip(8 + 16 + 16 + 6 + 8);
            skip(8 * (read(4) + 1));
            return;
        }
        int[] classes = new int[(int) read(5)];
        int classCount = 0;
        for (int i = 0; i < classes.length; i++) {
            classes[i] = (int) read(4);
            classCount = Math.max(classCount, classes[i] + 1);
        }
        int[] places = new int[classCount];
        for (int i = 0; i < classCount; i++) {
            places[i] = (int) read(3) + 1;
            int subclasses = (int) read(2);
            skip((subclasses > 0 ? 8 : 0) + (8L << subclasses));
        }
        read(2);
        int bits = (int) read(4);
        for (int each : classes) {
            skip((long) bits * places[each]);
        }
    }

    private void residue() throws CodingException {
        require(read(16) <= 2, "residues");
        long begin = read(24);
        long end = read(24);
        long size = read(24) + 1;
        require(end >= begin && (end - begin) / size <= PARTITIONS_MAX, "partitions");
        int classes = (int) read(6) + 1;
        int book = (int) read(8);
        require(book < dimensions.length, "books of residues");
        require(Math.pow(classes, dimensions[book]) <= CLASS_WORDS_MAX, "classes");
        int books = 0;
        for (int i = 0; i < classes; i++) {
            books += Long.bitCount(read(3));
            books += read(1) == 1 ? Long.bitCount(read(5)) : 0;
        }
        skip(8L * books);
    }

    private static void require(boolean isMet, String what) throws CodingException {
        if (!isMet) {
            throw new CodingException("has " + what + " in its headers that are out of range");
        }
    }

    /** The next bits, lowest first. */
    private long read(int bits) throws CodingException {
        skip(bits);
        long value = 0;
        for (int i = 0; i < bits; i++) {
            long place = at - bits + i;
            value |= (long) (packet[(int) (place >> 3)] >> (place & 7) & 1) << i;
        }
        return value;
    }

    private void skip(long bits) throws CodingException {
        at += bits;
        if (at > 8L * packet.length) {
            throw new CodingException("is damaged: its headers end too early");
        }
    }
}
