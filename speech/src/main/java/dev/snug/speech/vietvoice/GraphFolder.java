package dev.snug.speech.vietvoice;

import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.format.ModelWriter;
import dev.snug.onnx.format.WeightsWriter;
import dev.snug.runtime.bundle.Manifest.GraphEntry;
import dev.snug.speech.bundle.LoadMemory;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.schedule.Schedule;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Writes the graphs of a bundle, each with a weights file of its own, and notes what it wrote. */
final class GraphFolder {
    static final String MEL = "mel";
    static final String TEXT = "text";
    static final String VELOCITY = "velocity";
    static final String VOCODER = "vocoder";
    static final String PREPROCESS = "preprocess";
    static final String TRANSFORMER = "transformer";
    static final String DECODE = "decode";

    /** Where the exporter's tables cannot be found: its only default. */
    private static final Schedule EXPORTED = Schedule.export();

    private final Path folder;
    private final LongConsumer done;
    private final List<GraphEntry> graphs = new ArrayList<>();
    private final Map<String, Long> parameters = new LinkedHashMap<>();
    private final Map<String, Long> measuredBytes = new LinkedHashMap<>();
    private long weightBytes;

    /** Writes into {@code folder}; {@code done} is told the bytes of weights written so far. */
    GraphFolder(Path folder, LongConsumer done) {
        this.folder = folder;
        this.done = done;
    }

    /** The graphs taken apart. */
    ArchiveLayout writeCut(ArchiveGraphs archive, CutGraphs cut) throws IOException {
        write(MEL, cut.mel());
        write(TEXT, cut.text());
        write(VELOCITY, cut.velocity());
        write(VOCODER, cut.vocoder());
        StepFile.write(cut.table(), folder.resolve(StepFile.NAME));
        measuredBytes.putAll(LoadMemory.measured(folder, VELOCITY));
        return new ArchiveLayout(
                ArchiveLayout.Mode.CUT,
                cut.guidance(),
                cut.grid(),
                cut.table().columns(),
                parameters,
                parametersOf(archive));
    }

    /** The graphs as they were in the archive. */
    ArchiveLayout writeWhole(ArchiveGraphs archive) throws IOException {
        write(PREPROCESS, archive.preprocess());
        write(TRANSFORMER, archive.transformer());
        write(DECODE, archive.decode());
        measuredBytes.putAll(LoadMemory.measured(folder, TRANSFORMER));
        return new ArchiveLayout(
                ArchiveLayout.Mode.WHOLE,
                Sampling.GUIDANCE,
                new StepGrid(steps(archive)),
                List.of(),
                parameters,
                parametersOf(archive));
    }

    private static Schedule steps(ArchiveGraphs archive) {
        try {
            int steps =
                    StepGrid.bakedSteps(
                            archive.transformer().graph(), archive.input(ArchiveGraphs.STEP));
            return Schedule.uniform(steps, Schedule.SWAY);
        } catch (OnnxException e) {
            return EXPORTED;
        }
    }

    List<GraphEntry> graphs() {
        return graphs;
    }

    long weightBytes() {
        return weightBytes;
    }

    /** Scalars of all weights written. */
    long parameters() {
        return parameters.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Memory that loading takes, by what was loaded. */
    Map<String, Long> measuredBytes() {
        return measuredBytes;
    }

    private void write(String role, Model model) throws IOException {
        String file = role + ".onnx";
        try (WeightsWriter weights = WeightsWriter.create(folder.resolve(role + ".weights"))) {
            ModelWriter.write(model, folder.resolve(file), weights);
            weightBytes += weights.bytes();
        }
        parameters.put(role, model.graph().parameters());
        graphs.add(
                new GraphEntry(role, null, file, model.graph().inputs(), model.graph().outputs()));
        done.accept(weightBytes);
    }

    private static Map<String, Long> parametersOf(ArchiveGraphs archive) {
        Map<String, Long> parameters = new LinkedHashMap<>();
        parameters.put(PREPROCESS, archive.preprocess().graph().parameters());
        parameters.put(TRANSFORMER, archive.transformer().graph().parameters());
        parameters.put(DECODE, archive.decode().graph().parameters());
        return parameters;
    }
}
