package dev.snug.vision.picture;

import java.io.IOException;

/** A reader of one file of one format that has looked at its header. */
interface PictureReader {
    /** What reading takes, by the header. */
    PictureNeed need();

    /** Decodes; at most once. */
    Picture read() throws IOException;
}
