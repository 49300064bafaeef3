package dev.snug.vision.synth;

import dev.snug.onnx.format.RandomElements;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the {@code model.weights.h5} of a flat Keras model with random weights, the layers in the
 * places that Keras 3 gives them: {@code layers/conv2d_7/vars/0}.
 *
 * <p>Kernels are spread as He and others propose ("Delving Deep into Rectifiers", 2015). What
 * batches have taught a normalisation is a little off 0 and 1. All values are on the heap until the
 * file is closed.
 */
final class KerasWeights {
    private static final float SMALL = 0.1f;

    /** Of the last normalisation in a block, so that forty of them added up stay moderate. */
    private static final float RESIDUAL = 0.5f;

    private final WritableGroup layers;
    private final long seed;
    private final Map<String, Integer> sameClass = new HashMap<>();

    private KerasWeights(WritableGroup layers, long seed) {
        this.layers = layers;
        this.seed = seed;
    }

    static void write(Path file, Map<String, ?> model, long seed) {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            KerasWeights weights = new KerasWeights(hdf.putGroup("layers"), seed);
            for (Object layer : (List<?>) of(map(of(model, "config")), "layers")) {
                weights.layer(map(layer));
            }
        }
    }

    private void layer(Map<?, ?> layer) {
        String className = (String) of(layer, "class_name");
        switch (className) {
            case "Conv2D" -> {
                Weights weights = new Weights(layer, "conv2d");
                int[] kernel = weights.kernel();
                int inputs = weights.channels() / weights.number("groups");
                int outputs = weights.number("filters");
                weights.spread(kernel[0], kernel[1], inputs, outputs);
                weights.biasIfUsed(outputs);
            }
            case "DepthwiseConv2D" -> {
                Weights weights = new Weights(layer, "depthwise_conv2d");
                int[] kernel = weights.kernel();
                int each = weights.number("depth_multiplier");
                weights.spread(kernel[0], kernel[1], weights.channels(), each);
                weights.biasIfUsed(weights.channels() * each);
            }
            case "Dense" -> {
                Weights weights = new Weights(layer, "dense");
                weights.spread(weights.channels(), weights.number("units"));
                weights.biasIfUsed(weights.number("units"));
            }
            case "BatchNormalization" -> {
                Weights weights = new Weights(layer, "batch_normalization");
                boolean isLast = weights.name.contains("project");
                weights.around(isLast ? RESIDUAL : 1, weights.channels());
                weights.around(0, weights.channels());
                weights.around(0, weights.channels());
                weights.around(1, weights.channels());
            }
            default -> {
                // The other layers of this network have no weights.
            }
        }
    }

    /** The weights of one layer, numbered as they come. */
    private final class Weights {
        private final Map<?, ?> layer;
        private final Map<?, ?> config;
        private final String name;
        private final WritableGroup variables;
        private int count;

        Weights(Map<?, ?> layer, String place) {
            this.layer = layer;
            this.config = map(of(layer, "config"));
            this.name = (String) of(config, "name");
            int before = sameClass.merge(place, 1, Integer::sum) - 1;
            this.variables =
                    layers.putGroup(place + (before == 0 ? "" : "_" + before)).putGroup("vars");
        }

        int number(String key) {
            return Math.toIntExact((Long) of(config, key));
        }

        int[] kernel() {
            return ((List<?>) of(config, "kernel_size"))
                    .stream().mapToInt(size -> Math.toIntExact((Long) size)).toArray();
        }

        /** Channels of what the layer reads. */
        int channels() {
            List<?> shape = (List<?>) of(map(of(layer, "build_config")), "input_shape");
            return Math.toIntExact((Long) shape.getLast());
        }

        /** A kernel [..., in, out]. */
        void spread(int... sizes) {
            double inputs = 1;
            for (int i = 0; i < sizes.length - 1; i++) {
                inputs *= sizes[i];
            }
            if (name.contains("dwconv")) {
                inputs /= sizes[sizes.length - 2];
            }
            put((float) Math.sqrt(6 / inputs), 0, sizes);
        }

        void biasIfUsed(int channels) {
            if (of(config, "use_bias").equals(true)) {
                around(0, channels);
            }
        }

        void around(float centre, int channels) {
            put(SMALL, centre, channels);
        }

        private void put(float bound, float centre, int... sizes) {
            RandomElements values = RandomElements.of(seed, name + "/" + count, centre, bound);
            Object array = Array.newInstance(float.class, sizes);
            fill(array, values);
            variables.putDataset(Integer.toString(count), array);
            count++;
        }
    }

    private static void fill(Object array, RandomElements values) {
        if (array instanceof float[] row) {
            for (int i = 0; i < row.length; i++) {
                row[i] = values.next();
            }
        } else {
            for (Object part : (Object[]) array) {
                fill(part, values);
            }
        }
    }

    private static Map<?, ?> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException("not an object: " + value);
    }

    private static Object of(Map<?, ?> map, String key) {
        Object value = map.get(key);
        if (value == null) {
            throw new IllegalArgumentException("the configuration has no " + key);
        }
        return value;
    }
}
