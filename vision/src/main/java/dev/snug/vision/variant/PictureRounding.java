package dev.snug.vision.variant;

import dev.snug.onnx.Model;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;
import dev.snug.onnx.quantize.CompensatedRounding;
import dev.snug.onnx.quantize.ConvolutionWeights.Weight;
import dev.snug.onnx.quantize.InputProducts;
import dev.snug.vision.Classifier;
import dev.snug.vision.explain.GradCamGraph;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.picture.Picture;
import dev.snug.vision.picture.PictureDecoder;
import dev.snug.vision.picture.PictureLimits;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Rounds a classifier's weights to int8 by what its layers see on pictures ({@link
 * CompensatedRounding}), a few layers at a time: what they see is summed up on the heap.
 */
final class PictureRounding {
    /** Float32 sums held at once, 16 MiB; a layer that has more goes alone. */
    private static final long SUMS_MAX = 4 << 20;

    private final Model model;
    private final Function<Model, Classifier> opening;
    private final List<Path> pictures;

    /**
     * @param opening loads an edit of {@code model} that has its inputs
     * @param pictures PNG and JPEG files, 1 or more
     */
    PictureRounding(Model model, Function<Model, Classifier> opening, List<Path> pictures) {
        this.model = model;
        this.opening = opening;
        this.pictures = pictures;
    }

    /**
     * The int8 values of each weight that can be rounded so, by name.
     *
     * @param file where they go
     * @param steps told what is being done
     */
    Map<String, Tensor> of(TensorFile file, Consumer<String> steps) {
        Map<Weight, Integer> layers = InputProducts.measurable(model);
        Map<String, Tensor> rounded = new HashMap<>();
        for (List<Weight> some : groups(layers)) {
            steps.accept("rounding layer %d of %d".formatted(rounded.size() + 1, layers.size()));
            Map<String, float[]> sums = sums(some);
            for (Weight weight : some) {
                float[] products = Objects.requireNonNull(sums.remove(InputProducts.name(weight)));
                rounded.put(
                        weight.name(), CompensatedRounding.values(model, weight, products, file));
            }
        }
        return rounded;
    }

    /** The layers in their order, as many together as {@link #SUMS_MAX} allows. */
    private static List<List<Weight>> groups(Map<Weight, Integer> layers) {
        List<List<Weight>> groups = new ArrayList<>();
        long held = SUMS_MAX;
        for (Map.Entry<Weight, Integer> layer : layers.entrySet()) {
            long sums = (long) layer.getValue() * layer.getValue();
            if (held + sums > SUMS_MAX) {
                groups.add(new ArrayList<>());
                held = 0;
            }
            groups.getLast().add(layer.getKey());
            held += sums;
        }
        return groups;
    }

    /** The products of {@code weights} over all pictures, by their names. */
    private Map<String, float[]> sums(List<Weight> weights) {
        Set<String> names =
                weights.stream().map(InputProducts::name).collect(Collectors.toUnmodifiableSet());
        PictureDecoder decoder = PictureDecoder.within(PictureLimits.DEFAULT);
        Map<String, float[]> sums = new HashMap<>();
        try (Classifier measuring = opening.apply(InputProducts.of(model, weights))) {
            for (Path file : pictures) {
                Picture picture = decoder.decode(file);
                measuring
                        .run(picture, Patient.UNKNOWN, GradCamGraph.TOP_CLASS, names)
                        .forEach(
                                (name, products) ->
                                        sums.merge(
                                                name, products.toFloats(), PictureRounding::added));
            }
        }
        return sums;
    }

    private static float[] added(float[] sums, float[] products) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += products[i];
        }
        return sums;
    }
}
