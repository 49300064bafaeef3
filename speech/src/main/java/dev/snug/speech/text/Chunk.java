package dev.snug.speech.text;

/**
 * A piece of text that is spoken in one run of the model.
 *
 * @param text the piece, without the reference's text
 * @param tokens of the reference's text and the piece together
 * @param frames mel frames of the reference and the piece together, more than tokens, at most
 *     {@link #FRAMES_MAX}
 * @param isEnd whether the next chunk begins anew instead of being joined to this one
 * @param pauseMilliseconds silence behind it
 */
public record Chunk(String text, Tokens tokens, int frames, boolean isEnd, int pauseMilliseconds) {
    /** Mel frames; the position tables of the models end here. */
    public static final int FRAMES_MAX = 4096;

    /** Ten minutes: all pauses of a text together. */
    public static final int PAUSE_MILLISECONDS_MAX = 600_000;

    /** A chunk that the next one is joined to. */
    public Chunk(String text, Tokens tokens, int frames) {
        this(text, tokens, frames, false, 0);
    }

    public Chunk {
        if (pauseMilliseconds < 0 || pauseMilliseconds > PAUSE_MILLISECONDS_MAX) {
            throw new IllegalArgumentException("a pause of %d ms".formatted(pauseMilliseconds));
        }
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

    /** The same chunk with that much more silence behind it, which ends it too. */
    public Chunk behind(boolean ends, int milliseconds) {
        return new Chunk(
                text,
                tokens,
                frames,
                isEnd || ends || milliseconds > 0,
                pauseMilliseconds + milliseconds);
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
