package dev.snug.cli;

import dev.snug.runtime.bundle.Manifest;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.synth.SyntheticVoices;

/** Which models were never trained: those that {@code snug synth-model} makes. */
final class RandomWeights {
    /** How the source of such a model begins. */
    static final String SOURCE = "snug synth-model ";

    private RandomWeights() {}

    /** Whether {@code model} is one, or a variant of one. */
    static boolean in(Manifest model) {
        if (model.source().startsWith(SOURCE)) {
            return true;
        }
        return model.kind().equals(SpeechSettings.KIND)
                && SyntheticVoices.isAmong(
                        SpeechSettings.parse(model.settings(), model.name()).voices());
    }
}
