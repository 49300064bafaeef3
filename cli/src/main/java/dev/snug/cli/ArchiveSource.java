package dev.snug.cli;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.json.Json;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.vietvoice.ArchiveImport;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.nio.file.Path;

/** The import of an archive of VietVoice-TTS. */
final class ArchiveSource {
    private ArchiveSource() {}

    /**
     * Imports {@code source} and returns its name in the store.
     *
     * @param talk told what could not be done
     */
    static String run(
            Path source,
            String name,
            @Nullable String licence,
            BundleStore store,
            ProgressLine progress,
            PrintStream talk) {
        progress.step("reading " + source.getFileName());
        Bundle bundle =
                ArchiveImport.run(
                        new ArchiveImport.Request(
                                source, name, String.valueOf(source.getFileName()), licence),
                        store,
                        Version.PROGRAM,
                        progress::bytes);
        progress.close();
        for (String note :
                SpeechSettings.parse(bundle.manifest().settings(), bundle.manifest().name())
                        .notes()) {
            talk.println("snug: " + Json.printable(note));
        }
        return bundle.manifest().name();
    }
}
