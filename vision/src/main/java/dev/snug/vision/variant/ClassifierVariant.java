package dev.snug.vision.variant;

import dev.snug.onnx.Model;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.ModelReader;
import dev.snug.onnx.format.ModelWriter;
import dev.snug.onnx.format.TensorFile;
import dev.snug.onnx.format.WeightsWriter;
import dev.snug.onnx.quantize.ConvolutionWeights;
import dev.snug.onnx.quantize.Precision;
import dev.snug.onnx.surgery.HalfStorage;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Manifest.GraphEntry;
import dev.snug.runtime.bundle.Manifest.Variant;
import dev.snug.runtime.bundle.ModelName;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.OptimizedCopy;
import dev.snug.vision.compare.Quality;
import dev.snug.vision.compare.QualityTarget;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes the variant of a classifier whose large weights are int8 by output channel, or float16: a
 * model of its own, {@code NAME:int8}, all of whose graphs share one weights file. Computes in
 * float32 as the model does.
 */
public final class ClassifierVariant {
    private static final String WEIGHTS = "model.weights";

    /**
     * A variant that was made.
     *
     * @param bundle as installed
     * @param wide names of the weights that became float16 instead of int8 for the answers' sake
     * @param quality of its answers on the pictures; empty without pictures
     */
    public record Made(Bundle bundle, Set<String> wide, Optional<Quality> quality) {
        public Made {
            wide = Set.copyOf(wide);
        }
    }

    private ClassifierVariant() {}

    /**
     * Makes and installs the variant of {@code base}, in place of one that is there, and its copy
     * for this machine.
     *
     * @param to {@link Precision#INT8} or {@link Precision#FP16}
     * @param pictures PNG and JPEG files on which its answers are compared with {@code base}'s. For
     *     int8, weights are rounded by what layers see on them, and layers stay wide, in float16,
     *     until the answers keep to {@code target}; none where float16 misses it too. Empty: all
     *     are rounded to the nearest and nothing is compared
     * @param steps told what is being done, in words
     * @throws BundleException when {@code base} is no classifier in float32, {@code to} is neither
     *     of the two, or the store refuses
     * @throws dev.snug.onnx.OnnxException when a weight is not finite, or beyond float16
     * @throws dev.snug.vision.picture.PictureException when a picture cannot be read
     */
    public static Made make(
            BundleStore store,
            Bundle base,
            Precision to,
            List<Path> pictures,
            QualityTarget target,
            Consumer<String> steps) {
        Manifest manifest = base.manifest();
        requireMakeable(manifest, to);
        if (pictures.isEmpty()) {
            return make(store, base, to, Calibration.Result.UNTRIED, steps);
        }
        try (Calibration calibration = Calibration.of(base, to, pictures, target)) {
            return make(store, base, to, calibration.run(steps), steps);
        }
    }

    private static Made make(
            BundleStore store,
            Bundle base,
            Precision to,
            Calibration.Result chosen,
            Consumer<String> steps) {
        String name = ModelName.of(base.manifest().name()).in(to.word()).toString();
        steps.accept("writing " + name);
        Bundle variant = store.install(name, folder -> write(base, name, to, chosen, folder));
        OptimizedCopy.findOrMake(store, variant, Long.MAX_VALUE, steps);
        return new Made(variant, chosen.wide(), chosen.quality());
    }

    private static void requireMakeable(Manifest manifest, Precision to) {
        String name = manifest.name();
        if (!manifest.kind().equals(ClassifierImport.KIND)) {
            throw new BundleException("model %s is no classifier".formatted(name));
        }
        if (ModelName.of(name).isVariant()) {
            throw new BundleException(
                    "model %s is a variant already; make another from %s"
                            .formatted(name, ModelName.of(name).base()));
        }
        if (to != Precision.INT8 && to != Precision.FP16) {
            throw new BundleException(
                    "a classifier cannot be stored as %s, only as int8 or fp16: products in whole numbers spoil its heat maps"
                            .formatted(to.word()));
        }
    }

    private static Manifest write(
            Bundle base, String name, Precision to, Calibration.Result chosen, Path folder)
            throws IOException {
        Manifest manifest = base.manifest();
        try (WeightsWriter weights = WeightsWriter.create(folder.resolve(WEIGHTS))) {
            for (GraphEntry graph : manifest.graphs()) {
                write(base, graph, to, chosen, folder, weights);
            }
            return manifest.asVariant(
                    name, new Variant(to.word(), weights.bytes()), manifest.graphs());
        }
    }

    private static void write(
            Bundle base,
            GraphEntry graph,
            Precision to,
            Calibration.Result chosen,
            Path folder,
            WeightsWriter weights)
            throws IOException {
        try (Arena arena = Arena.ofShared();
                TensorFile tensors = TensorFile.create(folder, arena)) {
            Model model = ModelReader.read(base.file(graph.file()), arena);
            ModelWriter.write(
                    narrowed(model, to, chosen.wide(), chosen.rounded(), tensors),
                    folder.resolve(graph.file()),
                    weights);
        }
    }

    /**
     * {@code model} with its large weights in {@code to}, those of {@code wide} in float16; int8
     * values are those of {@code rounded} where it has them, else the nearest.
     */
    static Model narrowed(
            Model model,
            Precision to,
            Set<String> wide,
            Map<String, Tensor> rounded,
            TensorFile tensors) {
        Model narrow =
                to == Precision.INT8
                        ? ConvolutionWeights.int8(model, wide, rounded, tensors)
                        : model;
        return HalfStorage.of(narrow, ConvolutionWeights.VALUES_MIN, tensors);
    }
}
