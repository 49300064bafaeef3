package dev.snug.server.answer;

import java.io.Serial;

/** A question that is not answered; the kind says who can change that. */
public final class AnswerException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** The question is wrong: another one would be answered. */
        BAD_QUESTION,
        /** There is no such model. */
        NOT_FOUND,
        /** There is a voice of that name already. */
        VOICE_EXISTS,
        /** There is no such voice of the user's own. */
        VOICE_NOT_FOUND,
        /** Heat maps are switched off on this server. */
        HEATMAP_OFF,
        /** The photo is too small, dark, blurred or shows no skin; may be overruled. */
        PHOTO_REFUSED,
        /** It takes more memory than the server has for it. */
        TOO_LARGE,
        /** As many questions wait as may. */
        BUSY,
        /** It took longer than it may. */
        TOO_SLOW,
        /** A worker or the other server failed; the same question may go well. */
        FAILED
    }

    private final Kind kind;

    public AnswerException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public AnswerException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Why. */
    public Kind kind() {
        return kind;
    }
}
