package dev.snug.speech.vietvoice;

import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.format.ModelReader;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Measured;
import dev.snug.runtime.bundle.Progress;
import dev.snug.runtime.json.JsonException;
import dev.snug.runtime.session.OrtEvaluator;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.text.TextException;
import dev.snug.speech.text.Vocabulary;
import dev.snug.speech.vietvoice.Unpacked.Part;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes a bundle of an archive of VietVoice-TTS, a tar with three graphs and voices inside: unpacks
 * it, takes the graphs apart (see {@link CutGraphs}) or, where they are not recognised, keeps them
 * as they are, and keeps weights outside of the graphs either way.
 */
public final class ArchiveImport {
    /** An import writes the members and then the graphs once more. */
    private static final int COPIES = 2;

    private final Request request;
    private final String createdBy;
    private final Progress progress;
    private final long archiveBytes;

    /**
     * What is imported and how it is called.
     *
     * @param file the archive, {@code model-bin.pt}
     * @param name what the model will be called
     * @param source where it came from, for people
     * @param licence of the weights; null when not known
     */
    public record Request(Path file, String name, String source, @Nullable String licence) {}

    private ArchiveImport(Request request, String createdBy, Progress progress, long archiveBytes) {
        this.request = request;
        this.createdBy = createdBy;
        this.progress = progress;
        this.archiveBytes = archiveBytes;
    }

    /**
     * Imports and installs; the store is as before when anything fails.
     *
     * @param createdBy program and version, for the manifest
     * @param progress told the bytes unpacked, then the bytes of graphs written, of an estimate
     * @return the installed bundle; its settings say whether it was folded and fused, and what
     *     could not be done
     * @throws BundleException when the file is no such archive, damaged or over a limit
     * @throws JsonException when its metadata is not as it should be
     * @throws OnnxException when its graphs cannot be read, or are not those of VietVoice-TTS
     * @throws TextException when its vocabulary cannot be used
     */
    public static Bundle run(
            Request request, BundleStore store, String createdBy, Progress progress) {
        long bytes;
        try {
            bytes = Files.size(request.file());
        } catch (IOException e) {
            throw new BundleException("cannot read " + request.file() + ": it is missing", e);
        }
        ArchiveImport made = new ArchiveImport(request, createdBy, progress, bytes);
        return store.install(request.name(), Math.multiplyExact(bytes, COPIES), made::writeBundle);
    }

    private Manifest writeBundle(Path folder) throws IOException {
        Path work = Files.createDirectory(folder.resolve("unpacked"));
        try (Arena mapped = Arena.ofConfined()) {
            long total = Math.multiplyExact(archiveBytes, COPIES);
            Unpacked unpacked =
                    Unpacked.from(
                            request.file(),
                            work,
                            (done, ofArchive) -> progress.advanced(done, total));
            Path vocabulary = unpacked.file(Part.VOCABULARY);
            Vocabulary.read(vocabulary);
            ArchiveVoices voices = ArchiveVoices.take(unpacked, folder);
            Files.move(vocabulary, folder.resolve(SpeechSettings.VOCABULARY_FILE));
            ArchiveGraphs graphs =
                    new ArchiveGraphs(
                                    read(unpacked, Part.PREPROCESS, mapped),
                                    read(unpacked, Part.TRANSFORMER, mapped),
                                    read(unpacked, Part.DECODE, mapped))
                            .hoisted();
            GraphFolder written =
                    new GraphFolder(folder, done -> progress.advanced(archiveBytes + done, total));
            SpeechSettings settings = write(graphs, voices, written, work);
            progress.advanced(total, total);
            return manifest(unpacked.sha256(), settings, written);
        } finally {
            remove(work);
        }
    }

    private static Model read(Unpacked unpacked, Part part, Arena mapped) throws IOException {
        return ModelReader.read(unpacked.file(part), mapped);
    }

    private static SpeechSettings write(
            ArchiveGraphs graphs, ArchiveVoices voices, GraphFolder folder, Path work)
            throws IOException {
        List<String> notes = new ArrayList<>(voices.notes());
        CutGraphs cut = null;
        try {
            cut = CutGraphs.of(graphs, new OrtEvaluator(SessionSettings.MAPPED, work));
        } catch (OnnxException e) {
            notes.add(
                    "the graphs are kept as they are, with %s: %s"
                            .formatted("fixed steps and guidance", e.getMessage()));
        }
        ArchiveLayout layout =
                cut == null ? folder.writeWhole(graphs) : folder.writeCut(graphs, cut);
        return new SpeechSettings(
                SpeechSettings.Family.VIETVOICE,
                cut != null,
                cut != null,
                notes,
                voices.voices(),
                layout.toJson());
    }

    private Manifest manifest(String sha256, SpeechSettings settings, GraphFolder written) {
        return new Manifest(
                request.name(),
                SpeechSettings.KIND,
                request.source(),
                sha256,
                request.licence(),
                createdBy,
                written.parameters(),
                Map.of(),
                written.graphs(),
                List.of(new Manifest.Variant("fp32", written.weightBytes())),
                Map.of(),
                new Measured(written.measuredBytes(), Map.of()),
                settings.toJson());
    }

    /** The mapped files are gone from the folder before it is listed; their pages live on. */
    private static void remove(Path work) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(work)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(work);
    }
}
