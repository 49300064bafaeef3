package dev.snug.runtime.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;

import dev.snug.onnx.Model;
import dev.snug.onnx.format.ModelReader;
import dev.snug.onnx.format.ModelWriter;
import dev.snug.onnx.format.WeightsWriter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes models as ONNX Runtime rewrites them for this machine, so that no user's run pays for the
 * rewriting.
 *
 * <p>At its highest level ONNX Runtime fuses operators and lays convolution weights out in blocks
 * of the vector width (NCHWc). Done at load, that copies every weight into anonymous memory. Done
 * once and saved, the laid-out weights are mapped like any others. Several models may go into one
 * weights file: what they share is stored once.
 */
public final class OptimizedModels {
    /** Smaller constants stay inside the graph file; the same bound as ONNX Runtime's own. */
    private static final String EXTERNAL_BYTES_MIN = "1024";

    private OptimizedModels() {}

    /**
     * Rewrites {@code portable} for this machine.
     *
     * @param target where the graph goes; its weights go to {@code weights}
     * @param work an existing folder for files in between, as large as the model
     * @throws SessionException when ONNX Runtime refuses the model
     * @throws IOException when a file cannot be written
     */
    public static void write(Path portable, Path target, WeightsWriter weights, Path work)
            throws IOException {
        Path rewritten = work.resolve("rewritten.onnx");
        Path rewrittenWeights = work.resolve("rewritten.weights");
        try {
            rewrite(portable, rewritten, rewrittenWeights);
            Model model = ModelReader.read(rewritten);
            ModelWriter.write(model, target, weights);
        } finally {
            Files.deleteIfExists(rewritten);
            Files.deleteIfExists(rewrittenWeights);
        }
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
            throw new SessionException("cannot optimise " + portable + ": " + reason(e), e);
        }
    }

    /** What ONNX Runtime says, without the place in its own source; on one line. */
    private static String reason(OrtException e) {
        return String.valueOf(e.getMessage())
                .replaceFirst("(?s)^.*\\[ONNXRuntimeError] : \\d+ : \\w+ : (\\S+\\.cc:\\d+ )?", "")
                .strip()
                .replaceAll("\\s+", " ");
    }
}
