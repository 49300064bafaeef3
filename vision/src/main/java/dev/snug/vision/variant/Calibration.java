package dev.snug.vision.variant;

import dev.snug.onnx.Model;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.ModelReader;
import dev.snug.onnx.format.ModelWriter;
import dev.snug.onnx.format.TensorFile;
import dev.snug.onnx.format.WeightsWriter;
import dev.snug.onnx.quantize.ConvolutionWeights;
import dev.snug.onnx.quantize.ConvolutionWeights.Weight;
import dev.snug.onnx.quantize.Precision;
import dev.snug.onnx.quantize.WideLayers;
import dev.snug.onnx.quantize.WideLayers.Effect;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Manifest.GraphEntry;
import dev.snug.vision.Classification;
import dev.snug.vision.Classifier;
import dev.snug.vision.ClassifierGraphs;
import dev.snug.vision.compare.CaseDifference;
import dev.snug.vision.compare.PictureAnswers;
import dev.snug.vision.compare.Quality;
import dev.snug.vision.compare.QualityTarget;
import dev.snug.vision.picture.PictureDecoder;
import dev.snug.vision.picture.PictureLimits;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Tries roundings of a classifier's weights on pictures: all of them; where that moves the answers
 * too far, and float16 would not, each layer alone, on the pictures that moved most; then with the
 * worst layers left wide.
 */
final class Calibration implements AutoCloseable {
    /** Pictures on which each layer is tried alone: there are up to 170 layers. */
    private static final int PICTURES_PER_LAYER = 4;

    private final Bundle base;
    private final Precision to;
    private final QualityTarget target;
    private final List<Path> pictures;
    private final Path folder;
    private final WeightsWriter weights;
    private final Arena arena = Arena.ofShared();
    private final GraphEntry graph;
    private final Model model;
    private final List<Classification> expected;
    private final TensorFile tensors;
    private Map<String, Tensor> rounded = Map.of();
    private List<CaseDifference> last = List.of();

    /**
     * What came out.
     *
     * @param wide names of the weights that become float16 instead of int8
     * @param rounded int8 values of weights that are not rounded to the nearest; mapped until the
     *     calibration is closed
     * @param quality with the others rounded; empty without pictures
     */
    record Result(Set<String> wide, Map<String, Tensor> rounded, Optional<Quality> quality) {
        /** All weights rounded to the nearest, and nothing compared. */
        static final Result UNTRIED = new Result(Set.of(), Map.of(), Optional.empty());
    }

    private Calibration(
            Bundle base, Precision to, List<Path> pictures, QualityTarget target, Path folder)
            throws IOException {
        this.base = base;
        this.to = to;
        this.target = target;
        this.pictures = pictures;
        this.folder = folder;
        ClassifierGraphs graphs = new ClassifierGraphs(base.manifest());
        this.graph = graphs.graph(graphs.explains(), null);
        this.model = ModelReader.read(base.file(graph.file()), arena);
        this.weights = WeightsWriter.create(folder.resolve("trial.weights"));
        this.tensors = TensorFile.create(folder, arena);
        try (Classifier classifier = classifier(base.file(graph.file()))) {
            this.expected = answers(pictures).of(classifier);
        }
    }

    /** A calibration of {@code base}; it asks {@code base} about the pictures. */
    static Calibration of(Bundle base, Precision to, List<Path> pictures, QualityTarget target) {
        try {
            Path folder = Files.createTempDirectory("snug-calibration");
            return new Calibration(base, to, pictures, target, folder);
        } catch (IOException e) {
            throw impossible(e);
        }
    }

    /**
     * How to round the weights, the layers to keep wide, and what the answers are worth then.
     *
     * @param steps told what is being done
     */
    Result run(Consumer<String> steps) {
        try {
            if (to == Precision.INT8) {
                rounded = new PictureRounding(model, this::classifier, pictures).of(tensors, steps);
            }
            steps.accept("comparing answers on %d pictures".formatted(pictures.size()));
            Quality all = trial(Set.of(), pictures, expected);
            if (to != Precision.INT8 || all.share(target) <= 1 || !isReachable(steps)) {
                return new Result(Set.of(), rounded, Optional.of(all));
            }
            Set<String> wide = WideLayers.choose(effects(steps), layers -> meets(layers, steps));
            return new Result(wide, rounded, Optional.of(trial(wide, pictures, expected)));
        } catch (IOException e) {
            throw impossible(e);
        }
    }

    private static BundleException impossible(IOException e) {
        return new BundleException("cannot try roundings: " + e.getMessage(), e);
    }

    /** Whether all layers in float16 meet the target: else wide layers cost bytes for nothing. */
    private boolean isReachable(Consumer<String> steps) throws IOException {
        steps.accept("trying with all layers in float16");
        List<CaseDifference> narrow = last;
        Set<String> all = new HashSet<>();
        ConvolutionWeights.of(model).forEach(layer -> all.add(layer.name()));
        boolean isReachable = trial(all, pictures, expected).share(target) <= 1;
        last = narrow;
        return isReachable;
    }

    private boolean meets(Set<String> wide, Consumer<String> steps) {
        steps.accept("trying with %d layers in float16".formatted(wide.size()));
        try {
            return trial(wide, pictures, expected).share(target) <= 1;
        } catch (IOException e) {
            throw impossible(e);
        }
    }

    /** What each layer alone does to the answers on the pictures that all of them moved most. */
    private List<Effect> effects(Consumer<String> steps) throws IOException {
        List<Integer> worst =
                IntStream.range(0, pictures.size())
                        .boxed()
                        .sorted(
                                Comparator.comparingDouble(
                                                (Integer i) ->
                                                        Quality.of(List.of(last.get(i)))
                                                                .share(target))
                                        .reversed())
                        .limit(PICTURES_PER_LAYER)
                        .toList();
        List<Path> some = worst.stream().map(pictures::get).toList();
        List<Classification> answers = worst.stream().map(expected::get).toList();
        List<Weight> layers = ConvolutionWeights.of(model);
        Set<String> names = new HashSet<>();
        layers.forEach(layer -> names.add(layer.name()));
        List<Effect> effects = new ArrayList<>();
        for (Weight layer : layers) {
            steps.accept("trying layer %d of %d".formatted(effects.size() + 1, layers.size()));
            Set<String> others = new HashSet<>(names);
            others.remove(layer.name());
            double share = trial(others, some, answers).share(target);
            effects.add(new Effect(layer.name(), layer.values(), share));
        }
        return effects;
    }

    /** The answers with all but {@code wide} rounded, beside those of the model itself. */
    private Quality trial(Set<String> wide, List<Path> some, List<Classification> answers)
            throws IOException {
        try (Arena ofTrial = Arena.ofShared();
                TensorFile others = TensorFile.create(folder, ofTrial);
                Classifier classifier =
                        classifier(ClassifierVariant.narrowed(model, to, wide, rounded, others))) {
            last = answers(some).differences(classifier, answers);
        }
        return Quality.of(last);
    }

    private Classifier classifier(Model trial) {
        Path file = folder.resolve("trial.onnx");
        try {
            ModelWriter.write(trial, file, weights);
        } catch (IOException e) {
            throw impossible(e);
        }
        return classifier(file);
    }

    private Classifier classifier(Path file) {
        Manifest manifest = base.manifest();
        return Classifier.ofFile(file, graph, manifest.settings(), "model " + manifest.name());
    }

    private static PictureAnswers answers(List<Path> some) {
        return new PictureAnswers(PictureDecoder.within(PictureLimits.DEFAULT), some);
    }

    @Override
    public void close() {
        tensors.close();
        arena.close();
        try {
            weights.close();
            for (String file : List.of("trial.onnx", "trial.weights")) {
                Files.deleteIfExists(folder.resolve(file));
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw impossible(e);
        }
    }
}
