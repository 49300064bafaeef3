package dev.snug.cli.knobs;

import java.util.List;

/**
 * A whole report.
 *
 * @param models in the order in which they were named
 */
public record KnobReport(Conditions conditions, List<Findings> models) {
    public KnobReport {
        models = List.copyOf(models);
    }
}
