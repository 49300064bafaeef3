package dev.snug.vision.report;

import dev.snug.vision.picture.Picture;

/** What a report takes, beside classifying; docs/decisions/0038-pdf-report.md has the figures. */
public final class ReportMemory {
    private static final long MIB = 1 << 20;

    /** Of the Java heap: the photo as it goes onto the page, while the picture is still held. */
    public static final long PHOTO_BYTES =
            (long) Picture.CHANNELS * Report.PHOTO_SIDE * Report.PHOTO_SIDE;

    /**
     * Of the Java heap, once the picture is gone: photo and overlay, both as JPEG, the font and the
     * file.
     */
    public static final long HEAP_BYTES = 2 * PHOTO_BYTES + 7 * MIB;

    /**
     * Outside of it, once a process: classes and code of the PDF library, the JPEG encoder's own
     * memory. It stays.
     */
    public static final long OUTSIDE_BYTES = 14 * MIB;

    private ReportMemory() {}
}
