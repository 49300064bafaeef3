package dev.snug.server.answer;

/** What may be wrong with a photo. */
public enum PhotoConcern {
    /** Fewer pixels than the model looks at. */
    TOO_SMALL,
    /** Hardly any light. */
    TOO_DARK,
    /** No sharp edges. */
    BLURRED,
    /** Hardly any colour that skin has. */
    NOT_SKIN;

    /** As it is written in JSON. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
