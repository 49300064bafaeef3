package dev.snug.speech.f5;

/** The bound of a count of mel frames. */
public final class Frames {
    /** Ten minutes, far beyond the 44 seconds that F5-TTS has positions for. */
    public static final int MOST = LogMel.frames(LogMel.SAMPLES_MAX);

    private Frames() {}

    /** Checks {@code frames} before memory is spent on it. */
    public static int checked(int frames) {
        if (frames < 1 || frames > MOST) {
            throw new IllegalArgumentException(
                    "%d frames were asked for; 1 to %d are possible".formatted(frames, MOST));
        }
        return frames;
    }
}
