package dev.snug.bench.memory;

import dev.snug.runtime.plan.Predicted;
import dev.snug.runtime.plan.Stage;

import java.util.Locale;

/**
 * One case, measured and predicted.
 *
 * @param stage that was predicted
 * @param predicted the model's answer
 * @param measured what the process said of itself
 */
record Outcome(Case one, Stage stage, Predicted predicted, Measured measured) {
    static final String HEADER =
            "model,graph,sizes,threads,weights,arena,held_out,peak_node,activations_bytes,"
                    + "before_anonymous,loaded_anonymous,predicted_anonymous,measured_anonymous,"
                    + "predicted_mapped,measured_mapped,predicted_peak,measured_peak,ratio,"
                    + "anonymous_ratio";

    /**
     * What {@link StageRun} prints, in bytes.
     *
     * @param beforeAnonymous until the session was opened
     * @param loadedAnonymous the most until it was open
     * @param anonymous the most of all
     * @param mapped the most of all
     * @param resident VmHWM
     */
    record Measured(
            long beforeAnonymous,
            long loadedAnonymous,
            long anonymous,
            long mapped,
            long resident) {
        /** The figures of a line that {@link StageRun} printed. */
        static Measured parse(String line) {
            String[] words = line.strip().split(" ", -1);
            if (words.length != 7) {
                throw new IllegalStateException("the measured process printed: " + line);
            }
            return new Measured(
                    Long.parseLong(words[0]),
                    Long.parseLong(words[2]),
                    Long.parseLong(words[4]),
                    Long.parseLong(words[5]),
                    Long.parseLong(words[6]));
        }
    }

    /**
     * Predicted over measured peak: 1 or more is right, and less than 1 is a fault of the model.
     */
    double ratio() {
        return (double) predicted.residentBytes() / measured.resident;
    }

    /** The same for anonymous memory alone. */
    double anonymousRatio() {
        return (double) predicted.anonymousBytes() / measured.anonymous;
    }

    /** The columns of {@link #HEADER}. */
    String csv() {
        return String.format(
                Locale.ROOT,
                "%s,%s,%s,%d,%d,%d,%d,%d,%d,%d,%d,%d,%.3f,%.3f",
                one.key(),
                one.isHeldOut() ? "yes" : "no",
                stage.activations().peakNode(),
                stage.activations().peakBytes(),
                measured.beforeAnonymous,
                measured.loadedAnonymous,
                predicted.anonymousBytes(),
                measured.anonymous,
                predicted.mappedBytes(),
                measured.mapped,
                predicted.residentBytes(),
                measured.resident,
                ratio(),
                anonymousRatio());
    }
}
