package dev.snug.speech.synth;

import dev.snug.speech.bundle.Voice;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The voices of models with random weights, by which such a model is told once it is imported. */
public final class SyntheticVoices {
    private static final Set<String> WORDS =
            Stream.concat(Stream.of(SyntheticCheckpoint.VOICE), ArchiveVoices.ALL.stream())
                    .map(voice -> voice.text().text())
                    .collect(Collectors.toUnmodifiableSet());

    private SyntheticVoices() {}

    /** Whether one of {@code voices} says what only synthetic models have recorded. */
    public static boolean isAmong(List<Voice> voices) {
        return voices.stream().anyMatch(voice -> WORDS.contains(voice.text().text()));
    }
}
