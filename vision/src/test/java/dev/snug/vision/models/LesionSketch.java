package dev.snug.vision.models;

import dev.snug.vision.picture.Picture;

import java.util.Random;

/**
 * A drawn skin lesion whose place is known: a dark, irregular, soft-edged spot on skin-toned noise.
 * Not medical; it only tells where something stands out.
 *
 * @param picture {@value #SIDE}×{@value #SIDE} pixels
 * @param mask for each pixel, row by row, whether it belongs to the lesion
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record LesionSketch(Picture picture, boolean[] mask) {
    static final int SIDE = 300;

    private static final int LOBES = 6;
    private static final double EDGE_PIXELS = 4;

    /** The sketch that {@code seed} names. */
    static LesionSketch draw(long seed) {
        Random random = new Random(seed);
        double radius = SIDE * (0.09 + 0.13 * random.nextDouble());
        double centreX = margin(random, radius);
        double centreY = margin(random, radius);
        double[] lobes = new double[2 * LOBES];
        for (int lobe = 0; lobe < LOBES; lobe++) {
            lobes[2 * lobe] = 0.22 * random.nextDouble() / (lobe + 1);
            lobes[2 * lobe + 1] = 2 * Math.PI * random.nextDouble();
        }
        double[] skin = {
            200 + random.nextInt(35), 150 + random.nextInt(30), 125 + random.nextInt(30)
        };
        double[] dark = {60 + random.nextInt(60), 35 + random.nextInt(35), 30 + random.nextInt(30)};
        byte[] rgb = new byte[3 * SIDE * SIDE];
        boolean[] mask = new boolean[SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double inside =
                        edge(x - centreX, y - centreY, radius, lobes)
                                - Math.hypot(x - centreX, y - centreY);
                double share = 1 / (1 + Math.exp(-inside / EDGE_PIXELS));
                double noise = 7 * random.nextGaussian();
                for (int channel = 0; channel < 3; channel++) {
                    double level = skin[channel] + share * (dark[channel] - skin[channel]) + noise;
                    rgb[3 * (y * SIDE + x) + channel] = (byte) Math.clamp((long) level, 0, 255);
                }
                mask[y * SIDE + x] = inside > 0;
            }
        }
        return new LesionSketch(new Picture(SIDE, SIDE, rgb), mask);
    }

    /** A centre whose lesion stays inside the picture. */
    private static double margin(Random random, double radius) {
        double free = SIDE - 3 * radius;
        return 1.5 * radius + free * random.nextDouble();
    }

    /** The radius in the direction of (dx, dy): a circle with lobes. */
    private static double edge(double dx, double dy, double radius, double[] lobes) {
        double angle = Math.atan2(dy, dx);
        double factor = 1;
        for (int lobe = 0; lobe < LOBES; lobe++) {
            factor += lobes[2 * lobe] * Math.cos((lobe + 1) * angle + lobes[2 * lobe + 1]);
        }
        return radius * factor;
    }
}
