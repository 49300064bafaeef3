package dev.snug.cli.knobs;

import java.util.List;
import java.util.OptionalInt;

/** How the figures of a setting come about. */
public sealed interface Way {
    /**
     * A process is run.
     *
     * @param steps that the time is told for; empty for the model's own
     */
    record Run(Job job, OptionalInt steps) implements Way {
        /** With the model's own steps. */
        Run(Job job) {
            this(job, OptionalInt.empty());
        }
    }

    /** The default run itself tells: what it held before its model was loaded. */
    record BeforeLoad() implements Way {}

    /**
     * Nothing is run.
     *
     * @param reason key of the message that says why
     * @param values that the message names
     * @param hasCounterpart whether Snug has such a setting at all
     */
    record Told(String reason, List<String> values, boolean hasCounterpart) implements Way {
        public Told {
            values = List.copyOf(values);
        }
    }
}
