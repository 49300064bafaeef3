package dev.snug.speech.voice;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.speech.bundle.SpeechSettings;

import java.nio.file.Path;

/** A speech model and the voices that it can speak with. */
public record SpeechModel(Bundle bundle, SpeechSettings settings, VoiceBook voices) {
    /**
     * Opens the model called {@code name}.
     *
     * @param home folder with the user's own voices
     * @throws BundleException when it is not there, broken or of another kind
     */
    public static SpeechModel open(BundleStore store, String name, Path home) {
        Bundle bundle = store.open(name);
        String kind = bundle.manifest().kind();
        if (!kind.equals(SpeechSettings.KIND)) {
            throw new BundleException(
                    "model %s is of kind %s, not %s".formatted(name, kind, SpeechSettings.KIND));
        }
        SpeechSettings settings = SpeechSettings.parse(bundle.manifest().settings(), name);
        VoiceBook voices =
                new VoiceBook(new VoiceFolders(home).list(), VoiceBook.ofModel(bundle, settings));
        return new SpeechModel(bundle, settings, voices);
    }

    /** Its name. */
    public String name() {
        return bundle.manifest().name();
    }
}
