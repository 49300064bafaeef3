package dev.snug.speech.text;

import java.util.OptionalDouble;

/**
 * How fast to speak and how much at once.
 *
 * @param speed times the reference's rate, {@link #SPEED_MIN} to {@link #SPEED_MAX}
 * @param chunkSeconds most seconds of one chunk, reference included
 * @param minSeconds fewest seconds that a chunk gets, reference not included
 * @param fixedSeconds seconds of every chunk, reference included, instead of the duration rule
 */
public record Pace(
        double speed, double chunkSeconds, double minSeconds, OptionalDouble fixedSeconds) {
    /** Times the reference's rate; slower, and models fill the time with babble. */
    public static final double SPEED_MIN = 0.1;

    /** Times the reference's rate; faster, and no model keeps its words. */
    public static final double SPEED_MAX = 10;

    /** Seconds; 4096 mel frames, the position tables of the models, last 43.7 s. */
    public static final double SECONDS_MAX = 43;

    /** VietVoice-TTS: chunks of 15 s, nothing under one second. */
    public static final Pace VIETVOICE = new Pace(1, 15, 1, OptionalDouble.empty());

    /** F5-TTS: chunks of 22 s. */
    public static final Pace F5 = new Pace(1, 22, 0, OptionalDouble.empty());

    public Pace {
        require("speed", speed, SPEED_MIN, SPEED_MAX);
        require("chunk-seconds", chunkSeconds, 1, SECONDS_MAX);
        require("min-seconds", minSeconds, 0, SECONDS_MAX);
        fixedSeconds.ifPresent(seconds -> require("fix-duration", seconds, 0.1, SECONDS_MAX));
    }

    /** The same at another speed, as near as {@link #SPEED_MIN} and {@link #SPEED_MAX} let it. */
    public Pace times(double rate) {
        double faster = Math.clamp(speed * rate, SPEED_MIN, SPEED_MAX);
        return new Pace(faster, chunkSeconds, minSeconds, fixedSeconds);
    }

    private static void require(String name, double value, double least, double most) {
        // Written so that NaN fails too.
        if (!(value >= least && value <= most)) {
            throw new TextException(
                    "%s %s is out of range %s to %s".formatted(name, value, least, most));
        }
    }
}
