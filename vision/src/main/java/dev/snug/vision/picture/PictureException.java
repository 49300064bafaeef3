package dev.snug.vision.picture;

import java.io.Serial;

/**
 * A picture that cannot be read: not a picture, of a format that is not read here, cut short or
 * damaged. The message names the file, the place and what was found there.
 */
public sealed class PictureException extends RuntimeException permits PictureTooLargeException {
    @Serial private static final long serialVersionUID = 1L;

    public PictureException(String message) {
        super(message);
    }

    public PictureException(String message, Throwable cause) {
        super(message, cause);
    }
}
