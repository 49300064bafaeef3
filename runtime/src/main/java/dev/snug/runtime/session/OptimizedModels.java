package dev.snug.runtime.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;

import dev.snug.onnx.Model;
import dev.snug.onnx.format.ModelReader;
import dev.snug.onnx.format.ModelWriter;
import dev.snug.onnx.format.TensorFile;
import dev.snug.onnx.format.WeightsWriter;
import dev.snug.onnx.quantize.LaidOutWeights;
import dev.snug.onnx.quantize.Precision;
import dev.snug.onnx.quantize.StoredWeights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Writes models as ONNX Runtime rewrites them for this machine, so that no user's run pays for the
 * rewriting.
 *
 * <p>At its highest level ONNX Runtime fuses operators and lays convolution weights out in blocks
 * of the vector width (NCHWc). Done at load, that copies every weight into anonymous memory. Done
 * once and saved, the laid-out weights are mapped like any others. Several models may go into one
 * weights file: what they share is stored once.
 *
 * <p>ONNX Runtime lays out float32 constants only: weights in fewer bytes are widened before, and
 * stored as they were after, each with the value it had.
 */
public final class OptimizedModels {
    /** Smaller constants stay inside the graph file; the same bound as ONNX Runtime's own. */
    private static final String EXTERNAL_BYTES_MIN = "1024";

    private static final List<String> IN_BETWEEN =
            List.of("rewritten.onnx", "rewritten.weights", "widened.onnx", "widened.weights");

    private OptimizedModels() {}

    /**
     * Rewrites {@code portable} for this machine.
     *
     * @param target where the graph goes; its weights go to {@code weights}
     * @param work an existing folder for files in between, as large as the model in float32; twice
     *     that where {@code portable} stores its weights in fewer bytes
     * @throws SessionException when ONNX Runtime refuses the model
     * @throws IOException when a file cannot be written
     */
    public static void write(Path portable, Path target, WeightsWriter weights, Path work)
            throws IOException {
        try (Arena arena = Arena.ofShared();
                TensorFile tensors = TensorFile.create(work, arena)) {
            Model model = ModelReader.read(portable, arena);
            Set<Precision> precisions = StoredWeights.precisions(model);
            Path source = precisions.isEmpty() ? portable : widened(model, work, tensors);
            Path rewritten = work.resolve("rewritten.onnx");
            rewrite(source, rewritten, work.resolve("rewritten.weights"));
            ModelWriter.write(
                    LaidOutWeights.narrowed(
                            ModelReader.read(rewritten, arena), precisions, tensors),
                    target,
                    weights);
        } finally {
            for (String file : IN_BETWEEN) {
                Files.deleteIfExists(work.resolve(file));
            }
        }
    }

    private static Path widened(Model model, Path work, TensorFile tensors) throws IOException {
        Path widened = work.resolve("widened.onnx");
        try (WeightsWriter weights = WeightsWriter.create(work.resolve("widened.weights"))) {
            ModelWriter.write(StoredWeights.widened(model, tensors), widened, weights);
        }
        return widened;
    }

    private static void rewrite(Path portable, Path rewritten, Path rewrittenWeights) {
        SessionSettings settings =
                new SessionSettings(1, 1, SessionSettings.Optimization.ALL, true, false, false);
        try (SessionOptions options = Engine.options(settings)) {
            options.setOptimizedModelFilePath(rewritten.toString());
            options.addConfigEntry(
                    "session.optimized_model_external_initializers_file_name",
                    rewrittenWeights.getFileName().toString());
            options.addConfigEntry(
                    "session.optimized_model_external_initializers_min_size_in_bytes",
                    EXTERNAL_BYTES_MIN);
            Engine.environment().createSession(portable.toString(), options).close();
        } catch (OrtException e) {
            throw new SessionException("cannot optimise " + portable + ": " + Engine.reason(e), e);
        }
    }
}
