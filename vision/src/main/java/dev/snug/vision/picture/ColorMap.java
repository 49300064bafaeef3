package dev.snug.vision.picture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A scale of 256 colours for values from 0 to 1, and how strongly each covers the picture. */
public enum ColorMap {
    /**
     * Viridis (Smith and van der Walt, 2015): equal steps of the value look equally large, in gray
     * and to colour-blind eyes too. It covers the more the higher the value is, so that skin stays
     * as it is where the map is low.
     */
    VIRIDIS,

    /** Jet, as the original application lays it over: the same opacity everywhere. */
    JET;

    private static final int COLOURS = 256;

    /** Share of the colour where the value is 1; chosen by looking: skin texture is still seen. */
    private static final float VIRIDIS_OPACITY = 0.6f;

    /** Share of the colour everywhere, from the Keras Grad-CAM example that the original uses. */
    private static final float JET_OPACITY = 0.4f;

    /** Corners (value, level) of jet's three polylines, as matplotlib publishes them. */
    private static final double[][] JET_RED = {{0, 0}, {.35, 0}, {.66, 1}, {.89, 1}, {1, .5}};

    private static final double[][] JET_GREEN = {
        {0, 0}, {.125, 0}, {.375, 1}, {.64, 1}, {.91, 0}, {1, 0}
    };
    private static final double[][] JET_BLUE = {{0, .5}, {.11, 1}, {.34, 1}, {.65, 0}, {1, 0}};

    /** The colours as 0xRRGGBB, from value 0 to value 1; a fresh array. */
    public int[] table() {
        return switch (this) {
            case VIRIDIS -> readTable("viridis.txt");
            case JET -> jet();
        };
    }

    /** The index in {@link #table} for a value; values outside 0 to 1 take that end's. */
    static int index(float value) {
        return Math.clamp((int) (value * COLOURS), 0, COLOURS - 1);
    }

    /** The share, 0 to 1, that the colour of a value takes over a pixel. */
    float opacity(float value) {
        return switch (this) {
            case VIRIDIS -> VIRIDIS_OPACITY * Math.clamp(value, 0f, 1f);
            case JET -> JET_OPACITY;
        };
    }

    private static int[] jet() {
        int[] table = new int[COLOURS];
        for (int i = 0; i < COLOURS; i++) {
            double value = i / (COLOURS - 1.0);
            int red = level(value, JET_RED);
            int green = level(value, JET_GREEN);
            table[i] = red << 16 | green << 8 | level(value, JET_BLUE);
        }
        return table;
    }

    private static int level(double value, double[][] corners) {
        int i = 1;
        while (value > corners[i][0]) {
            i++;
        }
        double[] from = corners[i - 1];
        double[] to = corners[i];
        double share = (value - from[0]) / (to[0] - from[0]);
        return (int) ((from[1] + share * (to[1] - from[1])) * 255 + 0.5);
    }

    private static int[] readTable(String resource) {
        try (InputStream in = ColorMap.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .mapToInt(line -> Integer.parseInt(line, 16))
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
