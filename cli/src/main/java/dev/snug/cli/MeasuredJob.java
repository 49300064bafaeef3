package dev.snug.cli;

import dev.snug.runtime.bundle.Configuration;

import java.util.List;

/**
 * One command that is measured.
 *
 * @param arguments its name first
 * @param unitStage name of the stage whose time is told by unit
 * @param units in one run; 0 where the stage counts its own steps
 */
record MeasuredJob(
        Configuration configuration, List<String> arguments, String unitStage, int units) {
    MeasuredJob {
        arguments = List.copyOf(arguments);
    }
}
