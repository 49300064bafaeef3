package dev.snug.speech.aligned;

import dev.snug.onnx.format.TensorFile;
import dev.snug.onnx.surgery.HalfStorage;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Checksum;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.speech.bundle.LoadMemory;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.bundle.Voice;
import dev.snug.speech.f5.BundleGraphs;
import dev.snug.speech.f5.GraphFiles;
import dev.snug.speech.f5.Vocos;
import dev.snug.speech.safetensors.CheckpointException;
import dev.snug.speech.safetensors.SafeTensors;
import dev.snug.speech.text.TextException;
import dev.snug.speech.text.Vocabulary;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes a bundle of an exported aligned checkpoint: five graphs ({@link GraphFiles}), their weights
 * as float16 ({@link HalfStorage}), the table of the usual steps, the vocabulary and the voices.
 */
public final class AlignedImport {
    private final Request request;
    private final String createdBy;
    private final Consumer<String> steps;
    private final AlignedSource source;

    /**
     * What is imported and how it is called.
     *
     * @param folder of the export
     * @param name what the model will be called
     * @param licence of the weights; null for what the export says
     */
    public record Request(Path folder, String name, @Nullable String licence) {}

    private AlignedImport(Request request, String createdBy, Consumer<String> steps) {
        this.request = request;
        this.createdBy = createdBy;
        this.steps = steps;
        this.source = AlignedSource.read(request.folder());
    }

    /** Whether {@code folder} is an exported aligned checkpoint, be it a broken one. */
    public static boolean is(Path folder) {
        return AlignedSource.is(folder);
    }

    /**
     * Imports and installs; the store is as before when anything fails.
     *
     * @param createdBy program and version, for the manifest
     * @param steps told what is being done, in words
     * @throws CheckpointException when the folder is no checkpoint that Snug can run
     * @throws TextException when the vocabulary cannot be used
     * @throws BundleException when the disk refuses
     */
    public static Bundle run(
            Request request, BundleStore store, String createdBy, Consumer<String> steps) {
        AlignedImport run = new AlignedImport(request, createdBy, steps);
        return store.install(request.name(), run.neededBytes(), run::writeBundle);
    }

    /** The weights, and while they are written the same again in the file in between. */
    private long neededBytes() {
        try {
            return 2 * Files.size(file(AlignedSource.WEIGHTS))
                    + 2 * Files.size(file(AlignedSource.VOCODER));
        } catch (IOException e) {
            throw new CheckpointException(
                    "%s has no weights that can be read: %s".formatted(source.folder(), e), e);
        }
    }

    private Path file(String name) {
        return source.folder().resolve(name);
    }

    private Manifest writeBundle(Path folder) throws IOException {
        GraphFiles files = new GraphFiles(folder, true, steps);
        AlignedSizes sizes = writeTransformer(folder, files);
        writeVocoder(folder, files);
        files.writeTable();
        Files.copy(
                file(SpeechSettings.VOCABULARY_FILE),
                folder.resolve(SpeechSettings.VOCABULARY_FILE));
        for (Voice voice : source.voices()) {
            Files.copy(file(voice.file()), folder.resolve(voice.file()));
        }
        if (source.isEvaluated()) {
            Files.copy(file(AlignedSource.QUALITY), folder.resolve(AlignedSource.QUALITY));
        }
        AlignedLayout layout =
                new AlignedLayout(
                        sizes,
                        files.parameters(),
                        GraphFiles.table(sizes.transformer()),
                        source.defaults());
        return files.manifest(
                new GraphFiles.Origin(
                        request.name(),
                        source.origin(),
                        Checksum.of(file(AlignedSource.WEIGHTS), _ -> {}).sha256(),
                        request.licence() == null ? source.licence() : request.licence(),
                        createdBy),
                new SpeechSettings(
                        SpeechSettings.Family.ALIGNED,
                        true,
                        true,
                        List.of(),
                        source.voices(),
                        layout.toJson()),
                LoadMemory.measured(folder, BundleGraphs.VELOCITY));
    }

    private AlignedSizes writeTransformer(Path folder, GraphFiles files) throws IOException {
        steps.accept("reading " + AlignedSource.WEIGHTS);
        try (SafeTensors checkpoint = SafeTensors.open(file(AlignedSource.WEIGHTS));
                Arena arena = Arena.ofShared();
                TensorFile made = TensorFile.create(folder, arena)) {
            AlignedCheckpoint read = AlignedCheckpoint.read(checkpoint, source.patch(), made);
            requireVocabulary(read.sizes());
            files.write(AlignedLayout.DURATIONS, read.durations());
            files.write(BundleGraphs.TEXT, read.text());
            files.write(BundleGraphs.VELOCITY, read.velocity());
            files.write(BundleGraphs.STEPS, read.steps());
            return read.sizes();
        }
    }

    private void writeVocoder(Path folder, GraphFiles files) throws IOException {
        try (SafeTensors vocoder = SafeTensors.open(file(AlignedSource.VOCODER));
                Arena arena = Arena.ofShared();
                TensorFile made = TensorFile.create(folder, arena)) {
            files.write(BundleGraphs.VOCODER, Vocos.model(vocoder, made));
        }
    }

    /** One row of the token table and one duration for each line. */
    private void requireVocabulary(AlignedSizes sizes) throws IOException {
        Path vocabulary = file(SpeechSettings.VOCABULARY_FILE);
        int lines = Vocabulary.read(vocabulary).size();
        int durations = source.defaults().framesPerToken().size();
        if (lines + 1 != sizes.tokens() || durations != lines) {
            throw new CheckpointException(
                    "%s has %d lines, settings.json %d frames_per_token, and the token table rows for %d tokens; export the model again"
                            .formatted(vocabulary, lines, durations, sizes.tokens() - 1));
        }
    }
}
