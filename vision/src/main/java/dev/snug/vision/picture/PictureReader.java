package dev.snug.vision.picture;

import java.io.IOException;

/** A reader of one file of one format that has looked at its header. */
interface PictureReader {
    /** What reading takes, by the header; the picture whole. */
    PictureNeed need();

    /**
     * Decodes; at most once.
     *
     * @param need {@link #need}, or the same with a factor
     */
    Picture read(PictureNeed need) throws IOException;
}
