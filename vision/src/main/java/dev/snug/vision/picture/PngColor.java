package dev.snug.vision.picture;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The step from the samples of a PNG row to R G B bytes: palette looked up, gray and low depths
 * spread over 0 to 255, 16 bits rounded to 8, transparency laid over white.
 */
final class PngColor {
    private static final int WHITE_16 = 65_535;

    /** From 16 to 8 bits: 65535 = 255 * 257. */
    private static final int STEP_16 = 257;

    private final PngHeader header;

    /** R G B of each sample value, over white; for palettes, and for gray of at most 8 bits. */
    private final byte[] table;

    /** The samples that mean transparent, or empty. */
    private final int[] key;

    private PngColor(PngHeader header, byte[] table, int[] key) {
        this.header = header;
        this.table = table;
        this.key = key;
    }

    /** {@code palette} and {@code transparency}: data of PLTE and tRNS, empty where absent. */
    static PngColor of(PngHeader header, byte[] palette, byte[] transparency) {
        return switch (header.kind()) {
            case PALETTE -> new PngColor(header, paletteTable(palette, transparency), new int[0]);
            case GRAY -> {
                int[] key = key(transparency, 1);
                boolean indexed = header.depth() <= 8;
                yield new PngColor(header, indexed ? grayTable(header, key) : new byte[0], key);
            }
            case RGB -> new PngColor(header, new byte[0], key(transparency, 3));
            case GRAY_ALPHA, RGB_ALPHA -> new PngColor(header, new byte[0], new int[0]);
        };
    }

    private static int[] key(byte[] transparency, int samples) {
        if (transparency.length == 0) {
            return new int[0];
        }
        if (transparency.length != 2 * samples) {
            throw new PictureException(
                    "damaged: a tRNS chunk of " + transparency.length + " bytes");
        }
        int[] key = new int[samples];
        for (int i = 0; i < samples; i++) {
            key[i] = ByteBuffer.wrap(transparency).getChar(2 * i);
        }
        return key;
    }

    private static byte[] paletteTable(byte[] palette, byte[] transparency) {
        if (palette.length == 0 || palette.length % 3 != 0 || palette.length > 3 * 256) {
            throw new PictureException("damaged: a palette of " + palette.length + " bytes");
        }
        byte[] table = palette.clone();
        int transparent = Math.min(transparency.length, palette.length / 3);
        for (int i = 0; i < 3 * transparent; i++) {
            table[i] = OverWhite.level(palette[i] & 0xff, transparency[i / 3] & 0xff);
        }
        return table;
    }

    private static byte[] grayTable(PngHeader header, int[] key) {
        int top = (1 << header.depth()) - 1;
        byte[] table = new byte[3 * (top + 1)];
        for (int value = 0; value <= top; value++) {
            boolean transparent = key.length > 0 && key[0] == value;
            byte level = (byte) (transparent ? 255 : value * 255 / top);
            Arrays.fill(table, 3 * value, 3 * value + 3, level);
        }
        return table;
    }

    /** Writes {@code pixels} of {@code row} to {@code rgb}, the first at {@code at}. */
    void convert(byte[] row, int pixels, byte[] rgb, int at, int step) {
        if (table.length > 0) {
            convertIndexed(row, pixels, rgb, at, step);
        } else if (header.depth() == 16) {
            convert16(row, pixels, rgb, at, step);
        } else if (header.kind() == PngHeader.Kind.RGB && key.length == 0 && step == 3) {
            System.arraycopy(row, 0, rgb, at, 3 * pixels);
        } else {
            convert8(row, pixels, rgb, at, step);
        }
    }

    private void convertIndexed(byte[] row, int pixels, byte[] rgb, int at, int step) {
        int depth = header.depth();
        int mask = (1 << depth) - 1;
        for (int i = 0; i < pixels; i++) {
            int bit = i * depth;
            int index = (row[bit >> 3] & 0xff) >> (8 - depth - (bit & 7)) & mask;
            if (3 * index >= table.length) {
                throw new PictureException(
                        "damaged: colour " + index + " of a palette of " + table.length / 3);
            }
            rgb[at] = table[3 * index];
            rgb[at + 1] = table[3 * index + 1];
            rgb[at + 2] = table[3 * index + 2];
            at += step;
        }
    }

    private void convert8(byte[] row, int pixels, byte[] rgb, int at, int step) {
        int samples = header.kind().samples;
        boolean alpha = samples == 2 || samples == 4;
        int green = samples > 2 ? 1 : 0;
        for (int i = 0; i < pixels; i++) {
            int from = i * samples;
            int r = row[from] & 0xff;
            int g = row[from + green] & 0xff;
            int b = row[from + 2 * green] & 0xff;
            int opacity = alpha ? row[from + samples - 1] & 0xff : isKey(r, g, b) ? 0 : 255;
            rgb[at] = OverWhite.level(r, opacity);
            rgb[at + 1] = OverWhite.level(g, opacity);
            rgb[at + 2] = OverWhite.level(b, opacity);
            at += step;
        }
    }

    private void convert16(byte[] row, int pixels, byte[] rgb, int at, int step) {
        int samples = header.kind().samples;
        boolean alpha = samples == 2 || samples == 4;
        int green = samples > 2 ? 2 : 0;
        for (int i = 0; i < pixels; i++) {
            int from = 2 * i * samples;
            int r = uint16(row, from);
            int g = uint16(row, from + green);
            int b = uint16(row, from + 2 * green);
            int opacity = isKey(r, g, b) ? 0 : WHITE_16;
            if (alpha) {
                opacity = uint16(row, from + 2 * (samples - 1));
            }
            rgb[at] = overWhite16(r, opacity);
            rgb[at + 1] = overWhite16(g, opacity);
            rgb[at + 2] = overWhite16(b, opacity);
            at += step;
        }
    }

    private boolean isKey(int r, int g, int b) {
        return switch (key.length) {
            case 0 -> false;
            case 1 -> key[0] == r;
            default -> key[0] == r && key[1] == g && key[2] == b;
        };
    }

    private static int uint16(byte[] row, int at) {
        return ((row[at] & 0xff) << 8) | (row[at + 1] & 0xff);
    }

    private static byte overWhite16(int level, int opacity) {
        long scale = (long) WHITE_16 * STEP_16;
        long sum = (long) opacity * level + (long) (WHITE_16 - opacity) * WHITE_16;
        return (byte) ((sum + scale / 2) / scale);
    }
}
