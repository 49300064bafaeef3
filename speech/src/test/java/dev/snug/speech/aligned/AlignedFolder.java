package dev.snug.speech.aligned;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.speech.Golden;
import dev.snug.speech.bundle.SpeechSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The golden checkpoint of an aligned model, as {@code training/golden.py} exported it. */
final class AlignedFolder {
    /** Frames of the golden reference. */
    static final int REFERENCE_FRAMES = 12;

    /** Frames of reference and chunk together; the other golden case has one frame less. */
    static final int FRAMES_ODD = 31;

    static final String REFERENCE_TEXT = "xin chào.";
    static final String CHUNK_TEXT = "hai, ba tiếng một?";

    /** What is not golden data of a stage but a file of the export. */
    private static final List<String> FILES =
            List.of(
                    "aligned.safetensors",
                    "vocoder.safetensors",
                    "vocab.txt",
                    "settings.json",
                    "female-north.wav");

    private AlignedFolder() {}

    static Path file(String name) {
        return Golden.file("../aligned").resolve(name);
    }

    /** Golden values of a stage. */
    static float[] golden(String name) {
        return Golden.floats("../aligned/" + name);
    }

    /** A copy of the checkpoint in {@code folder}, which is made. */
    static Path copy(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : FILES) {
            Files.copy(file(name), folder.resolve(name));
        }
        return folder;
    }

    /** The bundle of {@code source} in the store at {@code home}, called test. */
    static Bundle installed(Path source, Path home) {
        return AlignedImport.run(
                new AlignedImport.Request(source, "test", null),
                new BundleStore(home),
                "test",
                _ -> {});
    }

    static SpeechSettings settings(Bundle bundle) {
        return SpeechSettings.parse(bundle.manifest().settings(), "the manifest");
    }
}
