package dev.snug.speech.plan;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.plan.CpuRate;
import dev.snug.speech.NetworksOpening;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.f5.CheckpointFolder;
import dev.snug.speech.vietvoice.Archive;
import dev.snug.speech.vietvoice.WholeArchive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The shipped voice and the golden models of all families. */
record Models(Bundle aligned, Bundle f5, Bundle cut, Bundle whole) {
    /** Samples of a reference of 2.25 s. */
    static final int REFERENCE_SAMPLES = 54_000;

    static Models in(Path folder) throws IOException {
        return new Models(
                shipped(folder),
                CheckpointFolder.installed(
                        CheckpointFolder.golden(folder.resolve("checkpoint")),
                        null,
                        folder.resolve("f5")),
                Archive.imported(archive(folder), folder.resolve("cut")),
                WholeArchive.imported(Files.createDirectory(folder.resolve("whole"))));
    }

    static Bundle shipped(Path home) {
        return new BundleStore(home, Optional.of(Path.of("../models"))).open("snug-vi");
    }

    private static Path archive(Path folder) throws IOException {
        return Files.copy(Archive.FILE, folder.resolve("model-bin.pt"));
    }

    static SpeechSettings settings(Bundle bundle) {
        return SpeechSettings.parse(bundle.manifest().settings(), "manifest");
    }

    static SpeechWorkload workload(Bundle bundle, SpeechWish wish) {
        return SpeechWorkload.of(
                bundle, settings(bundle), NetworksOpening.BY_FAMILY, wish, CpuRate.GUESS);
    }
}
