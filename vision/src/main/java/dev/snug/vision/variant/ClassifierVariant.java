package dev.snug.vision.variant;

import dev.snug.onnx.Model;
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
     * @param pictures PNG and JPEG files on which its answers are compared with {@code base}'s;
     *     layers stay wide, in float16, until they keep to {@code target}. Empty: no layer stays
     *     wide and nothing is compared
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
        Calibration.Result chosen =
                pictures.isEmpty()
                        ? new Calibration.Result(Set.of(), Optional.empty())
                        : Calibration.run(base, to, pictures, target, steps);
        String name = ModelName.of(manifest.name()).in(to.word()).toString();
        steps.accept("writing " + name);
        Bundle variant =
                store.install(name, folder -> write(base, name, to, chosen.wide(), folder));
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
            Bundle base, String name, Precision to, Set<String> wide, Path folder)
            throws IOException {
        Manifest manifest = base.manifest();
        try (WeightsWriter weights = WeightsWriter.create(folder.resolve(WEIGHTS))) {
            for (GraphEntry graph : manifest.graphs()) {
                write(base, graph, to, wide, folder, weights);
            }
            return manifest.asVariant(
                    name, new Variant(to.word(), weights.bytes()), manifest.graphs());
        }
    }

    private static void write(
            Bundle base,
            GraphEntry graph,
            Precision to,
            Set<String> wide,
            Path folder,
            WeightsWriter weights)
            throws IOException {
        try (Arena arena = Arena.ofShared();
                TensorFile tensors = TensorFile.create(folder, arena)) {
            Model model = ModelReader.read(base.file(graph.file()), arena);
            ModelWriter.write(
                    narrowed(model, to, wide, tensors), folder.resolve(graph.file()), weights);
        }
    }

    /** {@code model} with its large weights in {@code to}, those of {@code wide} in float16. */
    static Model narrowed(Model model, Precision to, Set<String> wide, TensorFile tensors) {
        Model narrow = to == Precision.INT8 ? ConvolutionWeights.int8(model, wide, tensors) : model;
        return HalfStorage.of(narrow, ConvolutionWeights.VALUES_MIN, tensors);
    }
}
