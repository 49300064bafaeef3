package dev.snug.runtime.plan;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One setting of a job that a plan may choose.
 *
 * @param <S> the settings of the job, immutable
 * @param name as the option is called, such as {@code chunk-seconds}
 * @param options the best first; a single one where the user has said which
 * @param isFixed whether the user said so
 */
public record Knob<S>(String name, List<Option<S>> options, boolean isFixed) {
    /** More than any list of sizes or seconds that a person would read. */
    static final int OPTIONS_MAX = 32;

    public Knob {
        options = List.copyOf(options);
        if (options.isEmpty() || options.size() > OPTIONS_MAX) {
            throw new IllegalArgumentException(
                    "%s has %d options; 1 to %d are allowed"
                            .formatted(name, options.size(), OPTIONS_MAX));
        }
        if (isFixed && options.size() > 1) {
            throw new IllegalArgumentException(name + " is fixed and has several options");
        }
    }

    /**
     * One value of a knob.
     *
     * @param value as the user would write it
     * @param reason why one would take it, without a full stop
     * @param in the settings with this value
     */
    public record Option<S>(String value, String reason, UnaryOperator<S> in) {}

    /** A knob that the user has set. */
    public static <S> Knob<S> fixed(String name, String value, UnaryOperator<S> in) {
        return new Knob<>(name, List.of(new Option<>(value, "as you asked", in)), true);
    }

    /** {@code start} with the first option of each of {@code knobs}. */
    public static <S> S first(S start, List<Knob<S>> knobs) {
        S settings = start;
        for (Knob<S> knob : knobs) {
            settings = knob.options().getFirst().in().apply(settings);
        }
        return settings;
    }
}
