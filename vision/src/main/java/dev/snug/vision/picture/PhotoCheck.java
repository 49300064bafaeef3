package dev.snug.vision.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * Says of a decoded photo what speaks against asking a model for skin: it is too small, too dark,
 * blurred, or shows hardly any skin. Pure; a hint for people, who may go on, and no classifier.
 *
 * <p>The picture is looked at through a grid of at most 512 × 512 cells, each the mean of at most 4
 * × 4 of its pixels, so that blur which no model would see does not count. Memory: one band of 4
 * rows, at most 0.8 MiB, and three rows of cells.
 *
 * <p>The rules:
 *
 * <ol>
 *   <li>Dark: luma (ITU-R BT.601) below {@link #BLACK_LUMA} in nearly all cells. Where that is so,
 *       nothing else is said: there is nothing to see.
 *   <li>Blurred: standard deviation of the Laplacian (4 neighbours) of luma, after Pech-Pacheco et
 *       al., "Diatom autofocusing in brightfield microscopy" (ICPR 2000), divided by the mean luma,
 *       so that dark skin, whose contrasts are smaller by as much, is judged like light skin.
 *   <li>Skin: Chai and Ngan, "Face segmentation using skin-color map in videophone applications"
 *       (IEEE Trans. CSVT 9(4), 1999): Cb 77 to 127 and Cr 133 to 173 at any luma. Widened to Cr
 *       130 to 190: the first and the last two of the ten tones of the Monk Skin Tone Scale (2022)
 *       lie at 130.5 to 132.7, inflamed skin above 173.
 * </ol>
 *
 * <p>Thresholds are lenient, between what was measured on 13 drawn pictures of skin (of this
 * project's tests), 10 flat Monk tones with noise, and 30 public test pictures of other things, two
 * of them with faces; <em>no photo of diseased skin and no dermatoscope's picture was at hand</em>.
 * What has the colour of skin passes: wood, a ginger cat, sand.
 */
public final class PhotoCheck {
    /** Cells of the longer side at most; models look at 224 to 600 pixels. */
    private static final int CELLS = 512;

    /** Pixels of a cell that are looked at, along each side. */
    private static final int TAPS = 4;

    /** Luma, 0 to 255; the darkest tone of the Monk scale has 37. */
    static final double BLACK_LUMA = 25;

    /**
     * Share of cells. A round view that touches the edges of a black 4:3 frame leaves 0.41 black; a
     * picture of stars has 0.89, drawn skin at a tenth of its light more than 0.9.
     */
    static final double BLACK_SHARE_MOST = 0.9;

    /**
     * Share of the mean luma. The smoothest of the sharp pictures has 0.017; the same pictures of
     * skin with a Gaussian blur of 0.8 % of their longer side have 0.0032 to 0.0068.
     */
    static final double SHARPNESS_LEAST = 0.010;

    /**
     * Share of cells. Drawn skin has 0.84 and more, a portrait in uniform 0.24; a circuit board has
     * 0.11, pages, grass, sky and grey photos 0.00 to 0.09.
     */
    static final double SKIN_SHARE_LEAST = 0.15;

    private final Picture picture;
    private final int factor;
    private final int columns;
    private final int lines;

    private long black;
    private long skin;
    private double lumaSum;
    private long edges;
    private double edgeSum;
    private double edgeSquares;

    private PhotoCheck(Picture picture) {
        this.picture = picture;
        factor = Math.ceilDiv(Math.max(picture.width(), picture.height()), CELLS);
        columns = Math.max(1, picture.width() / factor);
        lines = Math.max(1, picture.height() / factor);
    }

    /**
     * What speaks against {@code picture}, in the order of {@link PhotoFinding.Concern}; empty when
     * nothing does.
     *
     * @param sidePixels shorter side of the model's input
     */
    public static List<PhotoFinding> of(Picture picture, int sidePixels) {
        PhotoCheck check = new PhotoCheck(picture);
        check.look();
        List<PhotoFinding> findings = new ArrayList<>();
        int shorter = Math.min(picture.width(), picture.height());
        if (shorter < sidePixels) {
            findings.add(new PhotoFinding(PhotoFinding.Concern.TOO_SMALL, shorter, sidePixels));
        }
        if (check.blackShare() > BLACK_SHARE_MOST) {
            findings.add(
                    new PhotoFinding(
                            PhotoFinding.Concern.TOO_DARK, check.blackShare(), BLACK_SHARE_MOST));
            return findings;
        }
        if (check.edges > 0 && check.sharpness() < SHARPNESS_LEAST) {
            findings.add(
                    new PhotoFinding(
                            PhotoFinding.Concern.BLURRED, check.sharpness(), SHARPNESS_LEAST));
        }
        if (check.skinShare() < SKIN_SHARE_LEAST) {
            findings.add(
                    new PhotoFinding(
                            PhotoFinding.Concern.NOT_SKIN, check.skinShare(), SKIN_SHARE_LEAST));
        }
        return findings;
    }

    private void look() {
        int rows = Math.min(Math.min(factor, TAPS), picture.height());
        byte[] band = new byte[rows * Picture.CHANNELS * picture.width()];
        double[] above = new double[columns];
        double[] middle = new double[columns];
        double[] below = new double[columns];
        for (int line = 0; line < lines; line++) {
            double[] free = above;
            above = middle;
            middle = below;
            below = free;
            picture.readRows(line * factor, rows, band);
            lookAtLine(band, rows, below);
            if (line >= 2) {
                addEdges(above, middle, below);
            }
        }
    }

    private void lookAtLine(byte[] band, int rows, double[] luma) {
        int stride = Picture.CHANNELS * picture.width();
        int taps = Math.min(Math.min(factor, TAPS), picture.width());
        int step = Picture.CHANNELS * Math.max(1, factor / TAPS);
        double share = 1.0 / (rows * taps);
        for (int column = 0; column < columns; column++) {
            int red = 0;
            int green = 0;
            int blue = 0;
            for (int row = 0; row < rows; row++) {
                int at = row * stride + column * factor * Picture.CHANNELS;
                for (int tap = 0; tap < taps; tap++, at += step) {
                    red += band[at] & 0xff;
                    green += band[at + 1] & 0xff;
                    blue += band[at + 2] & 0xff;
                }
            }
            luma[column] = addCell(red * share, green * share, blue * share);
        }
    }

    /** Counts a cell; its luma. */
    private double addCell(double red, double green, double blue) {
        double luma = 0.299 * red + 0.587 * green + 0.114 * blue;
        lumaSum += luma;
        if (luma < BLACK_LUMA) {
            black++;
        } else if (hasColourOfSkin(red, green, blue)) {
            skin++;
        }
        return luma;
    }

    /** ITU-R BT.601 as Chai and Ngan use it: Cb and Cr from 16 to 240. */
    private static boolean hasColourOfSkin(double red, double green, double blue) {
        double cb = 128 + (-37.797 * red - 74.203 * green + 112 * blue) / 255;
        double cr = 128 + (112 * red - 93.786 * green - 18.214 * blue) / 255;
        return cb >= 77 && cb <= 127 && cr >= 130 && cr <= 190;
    }

    private void addEdges(double[] above, double[] middle, double[] below) {
        for (int column = 1; column < columns - 1; column++) {
            double edge =
                    above[column]
                            + below[column]
                            + middle[column - 1]
                            + middle[column + 1]
                            - 4 * middle[column];
            edges++;
            edgeSum += edge;
            edgeSquares += edge * edge;
        }
    }

    private double blackShare() {
        return (double) black / ((long) columns * lines);
    }

    private double skinShare() {
        return (double) skin / ((long) columns * lines);
    }

    private double sharpness() {
        double mean = edgeSum / edges;
        double spread = Math.sqrt(Math.max(0, edgeSquares / edges - mean * mean));
        return spread / (lumaSum / ((double) columns * lines));
    }
}
