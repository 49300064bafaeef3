package dev.snug.cli;

import dev.snug.runtime.bundle.BundleStore;
import dev.snug.speech.f5.F5Import;
import dev.snug.speech.f5.F5Version;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** The import of an F5-TTS checkpoint: the options that only it has, and what they lead to. */
final class CheckpointSource {
    @Option(
            names = "--vocos",
            paramLabel = "PATH",
            description = "Folder or .safetensors of the vocoder; default: vocos… near SOURCE.")
    private @Nullable Path vocos;

    @Option(
            names = "--vocab",
            paramLabel = "FILE",
            description = "The vocabulary; default: vocab.txt beside the weights.")
    private @Nullable Path vocabulary;

    @Option(
            names = "--f5-version",
            paramLabel = "VERSION",
            description =
                    "v0 or v1; default: what model.yaml says, else the names in the path, else v1.")
    private @Nullable F5Version version;

    /** Checks that no option was given that only checkpoints have. */
    void requireUnused(Path source) {
        if (vocos != null || vocabulary != null || version != null) {
            throw new UsageException(
                    "--vocos, --vocab and --f5-version are for F5-TTS checkpoints; "
                            + source
                            + " is none");
        }
    }

    /**
     * Imports {@code source} and returns its name in the store.
     *
     * @param talk told as which version it was taken, and why
     */
    String run(
            Path source,
            String name,
            @Nullable String licence,
            BundleStore store,
            ProgressLine to,
            PrintStream talk) {
        F5Import.Imported imported =
                F5Import.run(
                        new F5Import.Request(
                                source, vocos, vocabulary, version, name, licence, List.of()),
                        store,
                        Version.PROGRAM,
                        to::step,
                        to::bytes);
        to.close();
        talk.println("snug: " + imported.version());
        return imported.bundle().manifest().name();
    }
}
