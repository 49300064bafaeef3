package dev.snug.vision.picture;

/** What stands on white paper: levels 0 to 255 with an opacity of 0 to 255. */
final class OverWhite {
    private OverWhite() {}

    /** A level that is not yet weighed with its opacity, rounded. */
    static byte level(int level, int opacity) {
        return (byte) ((opacity * level + (255 - opacity) * 255 + 127) / 255);
    }

    /** A level that is already weighed with its opacity. */
    static byte weighed(int level, int opacity) {
        return (byte) Math.min(255, level + 255 - opacity);
    }
}
