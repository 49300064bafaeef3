package dev.snug.speech.f5;

import dev.snug.onnx.format.TensorFile;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Checksum;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Progress;
import dev.snug.speech.bundle.LoadMemory;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.bundle.Voice;
import dev.snug.speech.safetensors.CheckpointException;
import dev.snug.speech.safetensors.SafeTensors;
import dev.snug.speech.text.TextException;
import dev.snug.speech.text.Vocabulary;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes a bundle of an F5-TTS checkpoint and its vocoder: four graphs ({@link GraphFiles}), the
 * table of the usual steps, the vocabulary.
 *
 * <p>The checkpoint stays mapped, and what is laid out anew goes through a file that is mapped too:
 * the heap holds graphs only, whatever the size of the weights.
 */
public final class F5Import {
    private final Request request;
    private final F5Source source;
    private final String createdBy;
    private final Consumer<String> steps;
    private final Progress progress;
    private final List<String> notes = new ArrayList<>();
    private @Nullable VersionChoice choice;

    /**
     * What is imported and how it is called.
     *
     * @param source a folder that holds one {@code .safetensors} file, or such a file
     * @param vocos folder or file of the vocoder; null for a folder {@code vocos…} near the source
     * @param vocabulary the vocabulary; null for {@code vocab.txt} beside the weights
     * @param version how the weights are meant; null to find out
     * @param name what the model will be called
     * @param licence of the weights; null when not known
     * @param voices that the model gets, their recordings in the source's folder
     */
    public record Request(
            Path source,
            @Nullable Path vocos,
            @Nullable Path vocabulary,
            @Nullable F5Version version,
            String name,
            @Nullable String licence,
            List<Voice> voices) {
        public Request {
            voices = List.copyOf(voices);
        }
    }

    /**
     * What an import made.
     *
     * @param version which version the weights were taken as, and why: one sentence
     */
    public record Imported(Bundle bundle, String version) {}

    private F5Import(
            Request request,
            F5Source source,
            String createdBy,
            Consumer<String> steps,
            Progress progress) {
        this.request = request;
        this.source = source;
        this.createdBy = createdBy;
        this.steps = steps;
        this.progress = progress;
    }

    /**
     * Imports and installs; the store is as before when anything fails.
     *
     * @param createdBy program and version, for the manifest
     * @param steps told what is being done, in words
     * @param progress told how far the reading of the checkpoint has come
     * @throws CheckpointException when the source is no checkpoint that Snug can run
     * @throws TextException when the vocabulary cannot be used
     * @throws BundleException when the disk refuses
     */
    public static Imported run(
            Request request,
            BundleStore store,
            String createdBy,
            Consumer<String> steps,
            Progress progress) {
        F5Source source = F5Source.find(request.source(), request.vocos(), request.vocabulary());
        F5Import run = new F5Import(request, source, createdBy, steps, progress);
        Bundle bundle = store.install(request.name(), run.neededBytes(), run::writeBundle);
        return new Imported(bundle, run.choice == null ? "" : run.choice.reason());
    }

    /** The weights, and while they are written the same again in the file in between. */
    private long neededBytes() {
        try {
            return 2 * Files.size(source.weights()) + 2 * Files.size(source.vocoder());
        } catch (IOException e) {
            throw new CheckpointException(source.weights() + " cannot be read: " + e, e);
        }
    }

    private Manifest writeBundle(Path folder) throws IOException {
        steps.accept("reading " + source.weights().getFileName());
        GraphFiles files = new GraphFiles(folder, false, steps);
        try (SafeTensors checkpoint = SafeTensors.open(source.weights());
                SafeTensors vocoder = SafeTensors.open(source.vocoder())) {
            writeVocoder(vocoder, folder, files);
            F5Layout layout = writeTransformer(checkpoint, folder, files);
            steps.accept("checking " + source.weights().getFileName());
            long size = Files.size(source.weights());
            // Downloads of a hub are links to files that are named by their content.
            String sha256 =
                    Checksum.of(
                                    source.weights().toRealPath(),
                                    done -> progress.advanced(done, size))
                            .sha256();
            for (Voice voice : request.voices()) {
                Files.copy(request.source().resolve(voice.file()), folder.resolve(voice.file()));
            }
            Path called = request.source().toAbsolutePath().normalize().getFileName();
            return files.manifest(
                    new GraphFiles.Origin(
                            request.name(),
                            String.valueOf(called),
                            sha256,
                            request.licence(),
                            createdBy),
                    new SpeechSettings(
                            SpeechSettings.Family.F5,
                            true,
                            true,
                            notes,
                            request.voices(),
                            layout.toJson()),
                    LoadMemory.measured(folder, BundleGraphs.VELOCITY));
        }
    }

    private void writeVocoder(SafeTensors vocoder, Path folder, GraphFiles files)
            throws IOException {
        try (Arena arena = Arena.ofShared();
                TensorFile made = TensorFile.create(folder, arena)) {
            Path settings = source.vocoderSettings();
            if (settings == null) {
                notes.add("the vocoder came without config.yaml and is taken for one of 24 kHz");
            } else {
                new VocoderSettings(SettingsFile.read(settings))
                        .check(new Weights(vocoder, "", made));
            }
            files.write(BundleGraphs.VOCODER, Vocos.model(vocoder, made));
        }
    }

    private F5Layout writeTransformer(SafeTensors checkpoint, Path folder, GraphFiles files)
            throws IOException {
        F5Sizes sizes;
        F5Version version;
        try (Arena arena = Arena.ofShared();
                TensorFile made = TensorFile.create(folder, arena)) {
            long size = Files.size(source.weights());
            Weights weights =
                    F5Checkpoint.weights(checkpoint, made, done -> progress.advanced(done, size));
            sizes = F5Sizes.of(weights);
            requireMel(sizes, checkpoint.name());
            version = version(sizes, weights);
            writeVocabulary(sizes, checkpoint.name(), folder);
            steps.accept("laying out " + source.weights().getFileName());
            F5Checkpoint read = F5Checkpoint.read(weights, version);
            files.write(BundleGraphs.TEXT, read.text());
            files.write(BundleGraphs.VELOCITY, read.velocity());
            files.write(BundleGraphs.STEPS, read.steps());
        }
        files.writeTable();
        return new F5Layout(
                version, sizes, files.parameters(), GraphFiles.table(sizes.transformer()));
    }

    private static void requireMel(F5Sizes sizes, String where) {
        if (sizes.mel() != LogMel.BANDS) {
            throw new CheckpointException(
                    "%s makes %d mel bands; Snug runs models of %d"
                            .formatted(where, sizes.mel(), LogMel.BANDS));
        }
    }

    private F5Version version(F5Sizes sizes, Weights weights) {
        Path file = source.settings();
        ModelSettings settings = file == null ? null : new ModelSettings(SettingsFile.read(file));
        if (settings != null) {
            settings.check(
                    sizes, weights.shape("transformer_blocks.0.ff.ff.0.0.weight", 2).size(0));
        }
        VersionChoice made = VersionChoice.of(request.version(), settings, source.weights());
        choice = made;
        return made.version();
    }

    /** The vocabulary as it is: what reads it knows every line end. */
    private void writeVocabulary(F5Sizes sizes, String where, Path folder) throws IOException {
        int lines = Vocabulary.read(source.vocabulary()).size();
        if (lines + 1 != sizes.tokens()) {
            throw new CheckpointException(
                    ("%s has %d lines, and the token table of %s has rows for %d; it belongs to"
                                    + " another checkpoint: name the right one with --vocab FILE")
                            .formatted(source.vocabulary(), lines, where, sizes.tokens() - 1));
        }
        Files.copy(source.vocabulary(), folder.resolve(SpeechSettings.VOCABULARY_FILE));
    }
}
