package dev.snug.vision.picture;

import java.io.Serial;

/**
 * A picture that may be fine but is over one of the {@link PictureLimits}; nothing was decoded. The
 * message says what was asked, the limit and the remedy.
 */
public final class PictureTooLargeException extends PictureException {
    @Serial private static final long serialVersionUID = 1L;

    public PictureTooLargeException(String message) {
        super(message);
    }
}
