package dev.snug.vision.picture;

import java.io.IOException;
import java.util.Arrays;

/**
 * The rows of a bitmap that is packed in runs, one by one as colour numbers. Each step takes two
 * bytes of the file or more, or gives a row, so time follows the file's length and the picture's
 * height.
 */
final class BmpRuns {
    private static final int END_OF_ROW = 0;
    private static final int END_OF_PICTURE = 1;
    private static final int MOVE = 2;

    private final PictureBytes file;
    private final BmpHeader header;
    private final boolean isHalves;
    private long at;
    private int x;
    private int emptyRows;
    private boolean isOver;

    BmpRuns(PictureBytes file, long at, BmpHeader header) {
        this.file = file;
        this.header = header;
        this.at = at;
        isHalves = header.packing() == BmpHeader.RUNS_4;
    }

    /** Fills {@code row}, one byte a pixel. */
    void next(byte[] row) throws IOException {
        Arrays.fill(row, (byte) 0);
        if (emptyRows > 0) {
            emptyRows--;
            if (emptyRows > 0) {
                return;
            }
        }
        while (!isOver) {
            int count = value();
            int what = value();
            if (count > 0) {
                run(row, count, what);
            } else if (what == END_OF_ROW) {
                x = 0;
                return;
            } else if (what == END_OF_PICTURE) {
                isOver = true;
            } else if (what == MOVE) {
                x += value();
                emptyRows = value();
                if (emptyRows > 0) {
                    return;
                }
            } else {
                colours(row, what);
            }
        }
    }

    private void run(byte[] row, int count, int what) {
        for (int i = 0; i < count; i++) {
            int half = i % 2 == 0 ? what >> 4 : what & 15;
            put(row, isHalves ? half : what);
        }
    }

    private void colours(byte[] row, int count) throws IOException {
        int bytes = isHalves ? (count + 1) / 2 : count;
        for (int i = 0; i < bytes; i++) {
            int value = value();
            if (isHalves) {
                put(row, value >> 4);
                if (2 * i + 1 < count) {
                    put(row, value & 15);
                }
            } else {
                put(row, value);
            }
        }
        at += bytes % 2;
    }

    private void put(byte[] row, int colour) {
        if (x >= row.length) {
            throw new PictureException("damaged: a run goes beyond its row");
        }
        row[x++] = (byte) colour;
    }

    private int value() throws IOException {
        int value = file.at(at++);
        if (value < 0) {
            throw new PictureException(
                    "the file ends early, within the runs of %d rows".formatted(header.height()));
        }
        return value;
    }
}
