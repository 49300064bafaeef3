package dev.snug.vision.keras;

import dev.snug.vision.keras.file.KerasException;
import dev.snug.vision.keras.file.Settings;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code config.json} into a {@link ModelSpec} and refuses what no rule covers, by name.
 *
 * <p>The place of a layer's weights follows from the classes of the layers before it, not from its
 * name (Keras 3, {@code saving_lib._save_container_state}).
 */
final class ConfigReader {
    /** All layers of all nested models. */
    private static final int LAYERS = 10_000;

    /** Models inside models; transfer learning has one or two. */
    private static final int DEPTH = 16;

    private static final String FUNCTIONAL = "Functional";
    private static final String SEQUENTIAL = "Sequential";

    private int layersRead;

    /** The model that {@code config} describes. */
    static ModelSpec read(Map<String, ?> config) {
        String className = className(config);
        ConfigReader reader = new ConfigReader();
        if (!isModel(className)) {
            throw new KerasException(
                    "the top of the file is a %s%s; a Functional or Sequential model is needed"
                            .formatted(className, origin(config)));
        }
        requireKeras(config, className, "(top)");
        return reader.model(className, settings("the model", config), "", "layers/", 0);
    }

    private static boolean isModel(String className) {
        return className.equals(FUNCTIONAL) || className.equals(SEQUENTIAL);
    }

    private ModelSpec model(
            String className, Settings settings, String prefix, String weights, int depth) {
        if (depth > DEPTH) {
            throw settings.refusal("models are nested deeper than " + DEPTH);
        }
        List<LayerSpec> layers = new ArrayList<>();
        Map<String, Integer> sameClass = new HashMap<>();
        Set<String> names = new HashSet<>();
        for (Object element : settings.list("layers")) {
            LayerSpec layer = layer(element, prefix, weights, sameClass, depth);
            if (!names.add(layer.name())) {
                throw settings.refusal("two layers are called " + layer.name());
            }
            layers.add(layer);
        }
        boolean sequential = className.equals(SEQUENTIAL);
        return new ModelSpec(
                sequential,
                settings,
                layers,
                sequential ? List.of() : ends(settings, "input_layers"),
                sequential ? List.of() : ends(settings, "output_layers"));
    }

    private LayerSpec layer(
            @Nullable Object element,
            String prefix,
            String weights,
            Map<String, Integer> sameClass,
            int depth) {
        if (!(element instanceof Map<?, ?> config)) {
            throw new KerasException("an element of layers is no object: " + element);
        }
        if (++layersRead > LAYERS) {
            throw new KerasException("the model has more than " + LAYERS + " layers");
        }
        String className = className(config);
        Settings settings = settings(className + " " + prefix + "?", config);
        String name =
                settings.text("name").orElseThrow(() -> settings.refusal("the layer has no name"));
        String path = prefix + name;
        requireKeras(config, className, path);
        Settings named = settings(className + " " + path, config);
        requireFloat32(named);
        String snake = snakeCase(className);
        int before = sameClass.merge(snake, 1, Integer::sum) - 1;
        String place = weights + snake + (before == 0 ? "" : "_" + before);
        ModelSpec model =
                isModel(className)
                        ? model(className, named, path + "/", place + "/layers/", depth + 1)
                        : null;
        List<List<TensorRef>> calls = InboundNodes.read(named, config.get("inbound_nodes"));
        return new LayerSpec(className, name, path, place, named, model, calls);
    }

    private static String className(Map<?, ?> config) {
        if (config.get("class_name") instanceof String name) {
            return name;
        }
        throw new KerasException("an object of the configuration has no class_name");
    }

    private static Settings settings(String owner, Map<?, ?> config) {
        if (config.get("config") instanceof Map<?, ?> values) {
            return new Settings(owner, values);
        }
        throw new KerasException(owner + ": it has no configuration");
    }

    /** Refuses what is not one of Keras' own layers, and those of them that have no rule. */
    private static void requireKeras(Map<?, ?> config, String className, String path) {
        String what = className + " " + path;
        if (className.equals("Lambda")) {
            throw new KerasException(
                    what + ": a Lambda layer holds Python code, which cannot be imported");
        }
        Object module = config.get("module");
        boolean layer =
                module instanceof String name
                        && (name.equals("keras")
                                || name.equals("keras.layers")
                                || name.equals("keras.models")
                                || name.startsWith("keras.src.layers.")
                                || name.startsWith("keras.src.models."));
        if (!layer && module instanceof String name && name.startsWith("keras.src.ops.")) {
            throw new KerasException(
                    what
                            + ": an operation on tensors ("
                            + module
                            + "), not a layer, cannot be imported; use a layer such as Rescaling,"
                            + " Add or Multiply instead");
        }
        if (!layer || origin(config).contains(">")) {
            throw new KerasException(
                    "%s: a custom class%s cannot be imported; supported are %s"
                            .formatted(what, origin(config), LayerTable.names()));
        }
        if (!isModel(className) && !LayerTable.has(className)) {
            throw new KerasException(
                    "%s: layer %s is not supported; supported are %s"
                            .formatted(what, className, LayerTable.names()));
        }
    }

    private static String origin(Map<?, ?> config) {
        Object registered = config.get("registered_name");
        return registered == null ? "" : " (" + registered + ")";
    }

    /** A policy such as mixed_float16 computes in another precision than the graph would. */
    private static void requireFloat32(Settings settings) {
        Object type = settings.value("dtype");
        if (type instanceof Map<?, ?> policy && policy.get("config") instanceof Map<?, ?> of) {
            type = of.get("name");
        }
        if (type != null && !type.equals("float32")) {
            throw settings.refusal(
                    ("it computes in %s; only float32 is supported: in Keras, load the model, set"
                                    + " each layer's dtype policy to float32 and save it again")
                            .formatted(type));
        }
    }

    /** Inputs or outputs of a Functional model: {@code ["n",0,0]} or {@code [["n",0,0],…]}. */
    private static List<TensorRef> ends(Settings settings, String key) {
        List<?> list = settings.list(key);
        if (!list.isEmpty() && list.getFirst() instanceof String) {
            return List.of(InboundNodes.ref(settings, list));
        }
        return list.stream().map(element -> InboundNodes.ref(settings, element)).toList();
    }

    /** {@code GlobalAveragePooling2D} as {@code global_average_pooling2d}, as Keras does it. */
    static String snakeCase(String className) {
        return className
                .replaceAll("\\W+", "")
                .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}
