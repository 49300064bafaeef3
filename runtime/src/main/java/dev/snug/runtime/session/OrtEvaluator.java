package dev.snug.runtime.session;

import dev.snug.onnx.Evaluator;
import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.ModelWriter;
import dev.snug.onnx.format.WeightsWriter;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Evaluates a model once through ONNX Runtime. A small one is handed over with its weights inline,
 * which are copied into the process; given a folder, the model goes through files there and its
 * weights are mapped, so that they take no memory that the kernel cannot take back.
 */
public final class OrtEvaluator implements Evaluator {
    private final SessionSettings settings;
    private final @Nullable Path folder;

    /** For small models. */
    public OrtEvaluator() {
        this(SessionSettings.ONCE, null);
    }

    /**
     * For models of any size.
     *
     * @param settings those of the session that runs the rest of the model: where one of the two
     *     fuses operators and the other does not, results differ in the last bit
     * @param folder an existing folder for files in between, which are gone after each run
     */
    public OrtEvaluator(SessionSettings settings, @Nullable Path folder) {
        this.settings = settings;
        this.folder = folder;
    }

    @Override
    public Map<String, Tensor> evaluate(Model model, Map<String, Tensor> inputs) {
        try {
            return folder == null
                    ? evaluate(inline(model), model, inputs)
                    : evaluateThrough(folder, model, inputs);
        } catch (SessionException e) {
            throw new OnnxException(
                    "cannot evaluate " + model.graph().name() + ": " + e.getMessage(), e);
        }
    }

    private Session inline(Model model) {
        return Session.open(model.graph().name(), ModelWriter.toBytes(model), settings);
    }

    private Map<String, Tensor> evaluateThrough(
            Path work, Model model, Map<String, Tensor> inputs) {
        Path graph = work.resolve("evaluated.onnx");
        Path weights = work.resolve("evaluated.weights");
        try {
            try (WeightsWriter writer = WeightsWriter.create(weights)) {
                ModelWriter.write(model, graph, writer);
            }
            return evaluate(Session.open(graph, settings), model, inputs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deleteQuietly(graph);
            deleteQuietly(weights);
        }
    }

    private static Map<String, Tensor> evaluate(
            Session opened, Model model, Map<String, Tensor> inputs) {
        Set<String> outputs = new LinkedHashSet<>();
        for (Port output : model.graph().outputs()) {
            outputs.add(output.name());
        }
        try (Session session = opened;
                Session.Lease lease = session.acquire()) {
            return lease.run(inputs, outputs);
        }
    }

    /** The folder is the caller's to remove; a file that stays must not hide why the run failed. */
    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
