package dev.snug.vision.picture;

/**
 * Colour arithmetic for JPEG samples that the JDK's decoder hands out raw. Inks are stored inverted
 * (Adobe's convention, which Pillow assumes for every file), so each channel is ink times black
 * over 255; no profile is applied.
 */
@FunctionalInterface
interface JpegInk {
    /** Writes R G B of {@code pixels} inks, four samples each, from {@code from} to {@code at}. */
    void mix(byte[] samples, int from, byte[] rgb, int at, int pixels);

    /** JFIF 1.02: R = Y + 1.402 (Cr - 128) and so on. */
    float CR_TO_RED = 1.402f;

    float CB_TO_GREEN = 0.344136f;
    float CR_TO_GREEN = 0.714136f;
    float CB_TO_BLUE = 1.772f;

    static void cmyk(byte[] samples, int from, byte[] rgb, int at, int pixels) {
        for (int i = from; i < from + 4 * pixels; i += 4, at += 3) {
            int black = samples[i + 3] & 0xff;
            rgb[at] = times(samples[i] & 0xff, black);
            rgb[at + 1] = times(samples[i + 1] & 0xff, black);
            rgb[at + 2] = times(samples[i + 2] & 0xff, black);
        }
    }

    /** Here Y Cb Cr hold the plain inks: their complements are the inverted ones. */
    static void ycck(byte[] samples, int from, byte[] rgb, int at, int pixels) {
        for (int i = from; i < from + 4 * pixels; i += 4, at += 3) {
            int y = samples[i] & 0xff;
            int cb = (samples[i + 1] & 0xff) - 128;
            int cr = (samples[i + 2] & 0xff) - 128;
            int black = samples[i + 3] & 0xff;
            rgb[at] = times(255 - level(y + CR_TO_RED * cr), black);
            rgb[at + 1] = times(255 - level(y - CB_TO_GREEN * cb - CR_TO_GREEN * cr), black);
            rgb[at + 2] = times(255 - level(y + CB_TO_BLUE * cb), black);
        }
    }

    private static int level(float value) {
        return Math.clamp(Math.round(value), 0, 255);
    }

    private static byte times(int ink, int black) {
        return (byte) ((ink * black + 127) / 255);
    }
}
