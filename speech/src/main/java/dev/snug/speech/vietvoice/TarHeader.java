package dev.snug.speech.vietvoice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.snug.runtime.bundle.BundleException;

/**
 * One header block of a tar archive, 512 bytes, its checksum verified.
 *
 * @param type the type flag
 * @param bytes length of what follows the block, ≥ 0
 */
record TarHeader(String name, char type, long bytes) {
    static final int BYTES = 512;

    private static final int NAME_BYTES = 100;
    private static final int SIZE_AT = 124;
    private static final int NUMBER_BYTES = 12;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_BYTES = 8;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX_BYTES = 155;

    /** What a reader does with a member. */
    enum Kind {
        FILE,
        FOLDER,
        /** A name or pax header that belongs to the next member. */
        TEXT,
        REFUSED
    }

    static boolean isEnd(byte[] block) {
        for (byte value : block) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    static TarHeader parse(byte[] block, String where) {
        long checksum = octal(block, CHECKSUM_AT, CHECKSUM_BYTES, "checksum", where);
        if (checksum != checksum(block)) {
            throw new BundleException(
                    "%s: the header's checksum is wrong: is this a tar archive, and undamaged?"
                            .formatted(where));
        }
        String name = text(block, 0, NAME_BYTES);
        // In GNU's own format, "ustar" and blanks, other fields lie where ustar has its prefix.
        boolean isUstar = text(block, MAGIC_AT, 6).equals("ustar") && block[MAGIC_AT + 5] == 0;
        String prefix = isUstar ? text(block, PREFIX_AT, PREFIX_BYTES) : "";
        char type = (char) (block[TYPE_AT] & 0xff);
        long bytes = number(block, SIZE_AT, NUMBER_BYTES, "size", where);
        return new TarHeader(prefix.isEmpty() ? name : prefix + "/" + name, type, bytes);
    }

    Kind kind() {
        return switch (type) {
            // Old archives mark folders by their name alone.
            case '0', '\0', '7' -> name.endsWith("/") ? Kind.FOLDER : Kind.FILE;
            case '5' -> Kind.FOLDER;
            case 'L', 'K', 'x', 'g' -> Kind.TEXT;
            default -> Kind.REFUSED;
        };
    }

    /** What is refused, for people. */
    String what() {
        return switch (type) {
            case '1' -> "a hard link";
            case '2' -> "a symbolic link";
            case '3', '4' -> "a device";
            case '6' -> "a pipe";
            case 'S' -> "a sparse file";
            default -> "a member of the unknown type %d".formatted((int) type);
        };
    }

    private static String text(byte[] block, int from, int length) {
        int end = from;
        while (end < from + length && block[end] != 0) {
            end++;
        }
        return new String(block, from, end - from, UTF_8);
    }

    /** Octal digits, or GNU's form for large numbers: the first bit set, then base 256. */
    private static long number(byte[] block, int from, int length, String what, String where) {
        if ((block[from] & 0x80) == 0) {
            return octal(block, from, length, what, where);
        }
        long number = block[from] & 0x7f;
        for (int at = from + 1; at < from + length; at++) {
            if (number >> (Long.SIZE - 2 - Byte.SIZE) != 0) {
                throw new BundleException("%s: its %s is absurd".formatted(where, what));
            }
            number = number << Byte.SIZE | (block[at] & 0xff);
        }
        return number;
    }

    private static long octal(byte[] block, int from, int length, String what, String where) {
        String digits = text(block, from, length).strip();
        if (!digits.matches("[0-7]{1,12}")) {
            throw new BundleException(
                    "%s: its %s is no octal number: is this a tar archive?".formatted(where, what));
        }
        return Long.parseLong(digits, 8);
    }

    private static long checksum(byte[] block) {
        long sum = 0;
        for (int at = 0; at < BYTES; at++) {
            boolean isChecksum = at >= CHECKSUM_AT && at < CHECKSUM_AT + CHECKSUM_BYTES;
            sum += isChecksum ? ' ' : block[at] & 0xff;
        }
        return sum;
    }
}
