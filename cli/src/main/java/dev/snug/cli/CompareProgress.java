package dev.snug.cli;

import java.nio.file.Path;
import java.util.Locale;

/**
 * How far a comparison has come, and about how long it will go on: what is left takes as long as
 * what was answered did.
 *
 * @param total answers of both models together
 */
record CompareProgress(ProgressLine line, int total, long startedNanos) {
    private static final double NANOS = 1e9;
    private static final int MINUTE = 60;

    CompareProgress(ProgressLine line, int total) {
        this(line, total, System.nanoTime());
    }

    /** What is to be looked at while {@code model} answers into {@code folder}. */
    Runnable of(String model, Path folder, int before) {
        line.step("asking " + model);
        return () -> {
            int done = before + AnswerLines.count(folder);
            double seconds = (System.nanoTime() - startedNanos) / NANOS;
            line.share(Math.min(1, done / (double) total), left(done, total, seconds));
        };
    }

    /** Such as {@code about 3 min left}; nothing before the first answer. */
    static String left(int done, int total, double seconds) {
        if (done < 1) {
            return "";
        }
        double left = seconds / done * Math.max(0, total - done);
        return left < MINUTE
                ? String.format(Locale.ROOT, "about %.0f s left", Math.ceil(left))
                : String.format(Locale.ROOT, "about %.0f min left", Math.ceil(left / MINUTE));
    }
}
