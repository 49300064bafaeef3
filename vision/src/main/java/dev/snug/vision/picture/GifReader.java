package dev.snug.vision.picture;

import java.io.IOException;
import java.util.Arrays;

/**
 * A streaming reader of the first frame of GIF files, over white where it is transparent or does
 * not fill the screen. Memory: the picture, one row of the frame, tables of codes. An interlaced
 * one is never decoded reduced, because its rows come in passes.
 */
final class GifReader implements PictureReader {
    /** First row and step of each pass (GIF89a, appendix E). */
    private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    private static final int[][] ONE_PASS = {{0, 1}};

    private final PictureBytes file;
    private final GifFrame frame;

    GifReader(PictureBytes file) throws IOException {
        this.file = file;
        frame = GifFrame.of(file);
    }

    @Override
    public PictureNeed need() {
        PictureNeed need = new PictureNeed(frame.screenWidth, frame.screenHeight, frame.width, 0);
        return frame.isInterlaced ? need.inAnyOrder() : need;
    }

    @Override
    public Picture read(PictureNeed need) throws IOException {
        PixelRows rows = new PixelRows(need);
        leaveWhite(rows, 0, frame.top);
        GifCodes codes = new GifCodes(file, frame.pixelsAt);
        byte[] row = new byte[frame.width];
        int read = 0;
        for (int[] pass : frame.isInterlaced ? PASSES : ONE_PASS) {
            for (int y = pass[0]; y < frame.height; y += pass[1]) {
                if (!codes.read(row)) {
                    throw new PictureException(
                            "the file ends early, after %d rows of %d"
                                    .formatted(read, frame.height));
                }
                read++;
                put(row, rows, frame.top + y);
            }
        }
        leaveWhite(rows, frame.top + frame.height, frame.screenHeight);
        return rows.picture(Orientation.UPRIGHT);
    }

    private static void leaveWhite(PixelRows rows, int from, int to) {
        for (int y = from; y < to; y++) {
            whiten(rows, y);
            rows.done(y);
        }
    }

    private static void whiten(PixelRows rows, int y) {
        int at = rows.offset(y);
        Arrays.fill(rows.array(), at, at + Picture.CHANNELS * rows.width(), (byte) 255);
    }

    private void put(byte[] row, PixelRows rows, int y) {
        if (frame.width < frame.screenWidth) {
            whiten(rows, y);
        }
        byte[] rgb = rows.array();
        int at = rows.offset(y) + Picture.CHANNELS * frame.left;
        for (byte value : row) {
            int colour = Picture.CHANNELS * (value & 0xff);
            if ((value & 0xff) == frame.transparent) {
                Arrays.fill(rgb, at, at + Picture.CHANNELS, (byte) 255);
            } else if (colour >= frame.colours.length) {
                throw new PictureException(
                        "damaged: colour %d of a palette of %d"
                                .formatted(value & 0xff, frame.colours.length / 3));
            } else {
                System.arraycopy(frame.colours, colour, rgb, at, Picture.CHANNELS);
            }
            at += Picture.CHANNELS;
        }
        rows.done(y);
    }
}
