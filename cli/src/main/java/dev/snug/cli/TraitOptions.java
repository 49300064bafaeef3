package dev.snug.cli;

import dev.snug.speech.bundle.Traits;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/** The options that describe a voice. */
class TraitOptions {
    @Option(names = "--gender", paramLabel = "WORD", description = "male, female.")
    private Traits.@Nullable Gender gender;

    @Option(
            names = "--group",
            paramLabel = "WORD",
            description = "story, news, audiobook, interview, review.")
    private Traits.@Nullable Group group;

    @Option(names = "--area", paramLabel = "WORD", description = "northern, southern, central.")
    private Traits.@Nullable Area area;

    @Option(
            names = "--emotion",
            paramLabel = "WORD",
            description = "neutral, serious, monotone, sad, surprised, happy, angry.")
    private Traits.@Nullable Emotion emotion;

    /** What was said; null for the rest. */
    final Traits traits() {
        return new Traits(gender, group, area, emotion);
    }
}
