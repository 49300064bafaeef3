package dev.snug.speech.text;

/**
 * A piece of text that is spoken in one run of the model.
 *
 * @param text the piece, without the reference's text
 * @param tokens of the reference's text and the piece together
 * @param frames mel frames of the reference and the piece together, more than tokens, at most
 *     {@link #FRAMES_MAX}
 */
public record Chunk(String text, Tokens tokens, int frames) {
    /** Mel frames; the position tables of the models end here. */
    public static final int FRAMES_MAX = 4096;

    public Chunk {
        if (frames > FRAMES_MAX) {
            throw new TextException(
                    "the chunk '%s' would take %d mel frames; the model ends at %d. Raise --speed, lower --chunk-seconds or give it commas"
                            .formatted(shown(text), frames, FRAMES_MAX));
        }
        if (tokens.size() >= frames) {
            throw new TextException(
                    "the chunk '%s' has %d tokens for %d mel frames, and needs fewer than frames. Lower --speed"
                            .formatted(shown(text), tokens.size(), frames));
        }
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
