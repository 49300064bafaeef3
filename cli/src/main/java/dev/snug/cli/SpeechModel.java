package dev.snug.cli;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.voice.VoiceBook;
import dev.snug.speech.voice.VoiceFolders;

import org.jspecify.annotations.Nullable;

/**
 * A speech model and the voices that it can speak with.
 *
 * @param isFallback whether it ships with Snug and answers because there is no other one
 */
record SpeechModel(Bundle bundle, SpeechSettings settings, VoiceBook voices, boolean isFallback) {
    /**
     * Opens the model called {@code named}, or the one that is chosen where that is null.
     *
     * @throws BundleException when there is none, it is broken or of another kind
     */
    static SpeechModel open(Surroundings surroundings, @Nullable String named) {
        BundleStore store = surroundings.store();
        ModelChoice.Choice choice = new ModelChoice(surroundings, store, false).speech(named);
        String name = choice.name();
        Bundle bundle = store.open(name);
        String kind = bundle.manifest().kind();
        if (!kind.equals(SpeechSettings.KIND)) {
            throw new BundleException(
                    "model %s is of kind %s, not %s".formatted(name, kind, SpeechSettings.KIND));
        }
        SpeechSettings settings = SpeechSettings.parse(bundle.manifest().settings(), name);
        VoiceBook voices =
                new VoiceBook(
                        new VoiceFolders(surroundings.snugHome()).list(),
                        VoiceBook.ofModel(bundle, settings));
        return new SpeechModel(bundle, settings, voices, choice.isFallback());
    }

    String name() {
        return bundle.manifest().name();
    }
}
