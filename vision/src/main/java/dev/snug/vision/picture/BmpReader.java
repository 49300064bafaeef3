package dev.snug.vision.picture;

import java.io.IOException;

/**
 * A streaming reader of Windows bitmaps: palettes, 16, 24 and 32 bits, masks, and runs. Memory: the
 * picture and one stored row.
 */
final class BmpReader implements PictureReader {
    private final PictureBytes file;
    private final BmpHeader header;

    BmpReader(PictureBytes file) throws IOException {
        this.file = file;
        header = BmpHeader.of(file);
    }

    @Override
    public PictureNeed need() {
        long rowBytes = isRuns() ? header.width() : header.rowBytes();
        return new PictureNeed(header.width(), header.height(), rowBytes, 0);
    }

    private boolean isRuns() {
        return header.packing() == BmpHeader.RUNS_8 || header.packing() == BmpHeader.RUNS_4;
    }

    @Override
    public Picture read(PictureNeed need) throws IOException {
        PixelRows rows = new PixelRows(need);
        if (isRuns()) {
            readRuns(rows);
        } else {
            readRows(rows);
        }
        return rows.picture(Orientation.UPRIGHT);
    }

    /** The row of the picture that is stored as number {@code stored}. */
    private int y(int stored) {
        return header.isTopDown() ? stored : header.height() - 1 - stored;
    }

    private void readRows(PixelRows rows) throws IOException {
        byte[] row = new byte[Math.toIntExact(header.rowBytes())];
        // The last row may lack the bytes that only fill it up.
        int used = Math.toIntExact(((long) header.width() * header.bits() + 7) / 8);
        for (int stored = 0; stored < header.height(); stored++) {
            file.readFully(header.pixelsAt() + stored * header.rowBytes(), row, 0, used);
            int y = y(stored);
            switch (header.bits()) {
                case 1, 4, 8 -> indexed(row, header.bits(), rows.array(), rows.offset(y));
                case 24 -> plain(row, rows.array(), rows.offset(y));
                default -> masked(row, rows.array(), rows.offset(y));
            }
            rows.done(y);
        }
    }

    private void indexed(byte[] row, int bits, byte[] rgb, int at) {
        int mask = (1 << bits) - 1;
        byte[] palette = header.palette();
        for (int x = 0; x < header.width(); x++) {
            int bit = x * bits;
            int index = (row[bit >> 3] & 0xff) >> (8 - bits - (bit & 7)) & mask;
            if (3 * index >= palette.length) {
                throw new PictureException(
                        "damaged: colour " + index + " of a palette of " + palette.length / 3);
            }
            rgb[at++] = palette[3 * index];
            rgb[at++] = palette[3 * index + 1];
            rgb[at++] = palette[3 * index + 2];
        }
    }

    private void plain(byte[] row, byte[] rgb, int at) {
        for (int from = 0; from < 3 * header.width(); from += 3) {
            rgb[at++] = row[from + 2];
            rgb[at++] = row[from + 1];
            rgb[at++] = row[from];
        }
    }

    private void masked(byte[] row, byte[] rgb, int at) {
        int bytes = header.bits() / 8;
        int[] masks = header.masks();
        for (int x = 0; x < header.width(); x++) {
            int value = 0;
            for (int i = bytes - 1; i >= 0; i--) {
                value = (value << 8) | (row[x * bytes + i] & 0xff);
            }
            int opacity = masks[3] == 0 ? 255 : level(value, masks[3]);
            for (int channel = 0; channel < 3; channel++) {
                rgb[at++] = OverWhite.level(level(value, masks[channel]), opacity);
            }
        }
    }

    /** The bits of {@code mask} as 0 to 255, rounded. */
    private static int level(int value, int mask) {
        if (mask == 0) {
            return 0;
        }
        int shift = Integer.numberOfTrailingZeros(mask);
        long top = Integer.toUnsignedLong(mask >>> shift);
        long part = Integer.toUnsignedLong((value & mask) >>> shift);
        return (int) ((part * 255 + top / 2) / top);
    }

    /**
     * Runs: a count and a colour; or 0 and what is to be done: 0 ends the row, 1 the picture, 2
     * moves on, more are so many colours as they are. Pixels that no run reaches have colour 0.
     */
    private void readRuns(PixelRows rows) throws IOException {
        BmpRuns runs = new BmpRuns(file, header.pixelsAt(), header);
        byte[] row = new byte[header.width()];
        for (int stored = 0; stored < header.height(); stored++) {
            runs.next(row);
            int y = y(stored);
            indexed(row, 8, rows.array(), rows.offset(y));
            rows.done(y);
        }
    }
}
