package dev.snug.vision.picture;

import org.jspecify.annotations.Nullable;

import java.awt.image.BufferedImage;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadUpdateListener;
import javax.imageio.event.IIOReadWarningListener;

/**
 * What the JPEG decoder complained of. It fills damaged or missing rows with gray and goes on; here
 * that is an error, because a gray half would be classified as if it were skin.
 */
final class JpegDamage implements IIOReadWarningListener, IIOReadUpdateListener {
    /**
     * Stray bytes between coded data and the next marker: some cameras pad so, no pixel is lost.
     */
    private static final String HARMLESS = "extraneous bytes before marker";

    private final JpegOutline outline;
    private int rows;
    private int rowsAtWarning;
    private @Nullable String warning;

    JpegDamage(JpegOutline outline) {
        this.outline = outline;
    }

    /** Throws when the picture is not whole. */
    void check() {
        int row = warning == null ? rows : rowsAtWarning;
        String where =
                outline.isBuffered()
                        ? " (progressive)"
                        : " at about row %d of %d".formatted(row, outline.height());
        if (!outline.isWhole()) {
            throw new PictureException("the file ends early," + where);
        }
        if (warning != null) {
            throw new PictureException("damaged," + where + ": " + warning);
        }
    }

    @Override
    public void warningOccurred(ImageReader source, String text) {
        if (warning == null && !text.contains(HARMLESS)) {
            warning = text;
            rowsAtWarning = rows;
        }
    }

    @Override
    public void imageUpdate(
            ImageReader source,
            BufferedImage image,
            int minX,
            int minY,
            int width,
            int height,
            int periodX,
            int periodY,
            int[] bands) {
        rows = Math.max(rows, minY + height);
    }

    @Override
    public void passStarted(
            ImageReader source,
            BufferedImage image,
            int pass,
            int minPass,
            int maxPass,
            int minX,
            int minY,
            int periodX,
            int periodY,
            int[] bands) {}

    @Override
    public void passComplete(ImageReader source, BufferedImage image) {}

    @Override
    public void thumbnailPassStarted(
            ImageReader source,
            BufferedImage thumbnail,
            int pass,
            int minPass,
            int maxPass,
            int minX,
            int minY,
            int periodX,
            int periodY,
            int[] bands) {}

    @Override
    public void thumbnailUpdate(
            ImageReader source,
            BufferedImage thumbnail,
            int minX,
            int minY,
            int width,
            int height,
            int periodX,
            int periodY,
            int[] bands) {}

    @Override
    public void thumbnailPassComplete(ImageReader source, BufferedImage thumbnail) {}
}
