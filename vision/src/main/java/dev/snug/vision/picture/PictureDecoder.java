package dev.snug.vision.picture;

import java.nio.file.Path;

/**
 * A reader of picture files: from a path to sRGB pixels, upright and opaque.
 *
 * <p>Every implementation ignores colour profiles and gamma, as Pillow and TensorFlow do, because
 * models were trained on pixels read that way.
 */
public interface PictureDecoder {
    /**
     * Decodes the first frame of {@code file}.
     *
     * @throws PictureTooLargeException when the file, its header or its decoding is over a limit
     * @throws PictureException when the file cannot be read, is no picture of a known format, ends
     *     early or is damaged
     */
    Picture decode(Path file);

    /**
     * What decoding {@code file} takes, by its header, which is all that is read.
     *
     * @throws PictureTooLargeException when the file or its header is over a limit
     * @throws PictureException when the file cannot be read, or its header is none of a known
     *     format
     */
    PictureNeed need(Path file);

    /** A decoder of PNG and JPEG files, told apart by their content. */
    static PictureDecoder within(PictureLimits limits) {
        return new FileDecoder(limits);
    }
}
