package dev.snug.cli.compare;

import dev.snug.vision.picture.ColorMap;
import dev.snug.vision.picture.Picture;
import dev.snug.vision.picture.PngWriter;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A log-mel spectrogram [frames, bands] as a PNG: time to the right, low bands below, two pixels a
 * band and a frame, levels from {@code least} to {@code most} in viridis.
 */
final class MelPicture {
    private static final int PIXELS = 2;

    /** Most frames in the picture: half a minute of speech; what lies behind them is left out. */
    private static final int FRAMES_MAX = 2800;

    /** Levels below the loudest that are told apart, in natural-log units: 80 dB. */
    private static final float RANGE = (float) (80 / 20.0 * Math.log(10));

    private final float[] mel;
    private final int bands;
    private final float least;
    private final float most;

    /**
     * A picture of {@code mel}, which is not copied.
     *
     * @param least level that gets the darkest colour, as what is below it
     * @param most level that gets the brightest
     */
    MelPicture(float[] mel, int bands, float least, float most) {
        if (bands < 1 || mel.length < bands) {
            throw new IllegalArgumentException(
                    "%d values are no frame of %d bands".formatted(mel.length, bands));
        }
        this.mel = mel;
        this.bands = bands;
        this.least = least;
        this.most = most;
    }

    /** A picture of {@code mel} on the scale that it shares with {@code other}. */
    static MelPicture beside(float[] mel, float[] other, int bands) {
        float most = Math.max(most(mel), most(other));
        return new MelPicture(mel, bands, most - RANGE, most);
    }

    private static float most(float[] values) {
        float most = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            most = Math.max(most, value);
        }
        return most;
    }

    /** Writes the PNG; {@code out} is left open. */
    void write(OutputStream out) throws IOException {
        int frames = Math.min(mel.length / bands, FRAMES_MAX);
        int columns = PIXELS * frames;
        int[] table = ColorMap.VIRIDIS.table();
        byte[] line = new byte[Picture.CHANNELS * columns];
        try (PngWriter png = new PngWriter(out, columns, PIXELS * bands)) {
            for (int band = bands - 1; band >= 0; band--) {
                for (int column = 0; column < columns; column++) {
                    int colour = table[index(mel[column / PIXELS * bands + band], table.length)];
                    line[Picture.CHANNELS * column] = (byte) (colour >> 16);
                    line[Picture.CHANNELS * column + 1] = (byte) (colour >> 8);
                    line[Picture.CHANNELS * column + 2] = (byte) colour;
                }
                for (int copy = 0; copy < PIXELS; copy++) {
                    png.writeRow(line);
                }
            }
        }
    }

    private int index(float level, int colours) {
        float share = (level - least) / Math.max(most - least, Float.MIN_NORMAL);
        return Math.clamp((int) (share * colours), 0, colours - 1);
    }
}
