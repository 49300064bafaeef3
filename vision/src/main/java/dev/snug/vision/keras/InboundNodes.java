package dev.snug.vision.keras;

import dev.snug.vision.keras.file.Settings;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads how the layers of a Functional model are called: {@code inbound_nodes}. */
final class InboundNodes {
    /** Calls of one shared layer, and outputs of one call. */
    private static final int CALLS = 1000;

    private InboundNodes() {}

    /** The input values of each call of the layer that has {@code settings}. */
    static List<List<TensorRef>> read(Settings settings, @Nullable Object nodes) {
        if (nodes == null) {
            return List.of();
        }
        if (!(nodes instanceof List<?> list) || list.size() > CALLS) {
            throw settings.refusal("inbound_nodes must be a list of at most " + CALLS);
        }
        List<List<TensorRef>> calls = new ArrayList<>();
        for (Object node : list) {
            if (!(node instanceof Map<?, ?> call)) {
                throw settings.refusal("a call is described in a way older than Keras 3");
            }
            if (call.get("kwargs") instanceof Map<?, ?> named) {
                named.forEach((key, value) -> requireNeutral(settings, key, value));
            }
            List<TensorRef> refs = new ArrayList<>();
            collect(settings, call.get("args"), refs);
            calls.add(refs);
        }
        return calls;
    }

    private static void collect(Settings settings, @Nullable Object value, List<TensorRef> into) {
        switch (value) {
            case null -> {}
            case List<?> list -> list.forEach(element -> collect(settings, element, into));
            case Map<?, ?> tensor
                    when "__keras_tensor__".equals(tensor.get("class_name"))
                            && tensor.get("config") instanceof Map<?, ?> config ->
                    into.add(ref(settings, config.get("keras_history")));
            case Object other -> throw settings.refusal("it is called with a constant, " + other);
        }
    }

    /**
     * {@code mask=None} changes nothing, and neither does {@code training}: a Functional model that
     * predicts hands its own False to every layer, whatever the call was recorded with.
     */
    private static void requireNeutral(
            Settings settings, @Nullable Object key, @Nullable Object value) {
        boolean neutral =
                switch (value) {
                    case null -> true;
                    case Boolean flag -> "training".equals(key);
                    case List<?> list -> list.stream().allMatch(element -> element == null);
                    case Object other -> false;
                };
        if (!neutral) {
            throw settings.refusal("it is called with %s=%s".formatted(key, value));
        }
    }

    /** A reference of the form {@code ["name", call, output]}. */
    static TensorRef ref(Settings settings, @Nullable Object value) {
        if (value instanceof List<?> list
                && list.size() == 3
                && list.get(0) instanceof String layer
                && list.get(1) instanceof Long call
                && list.get(2) instanceof Long output
                && 0 <= call
                && call < CALLS
                && 0 <= output
                && output < CALLS) {
            return new TensorRef(layer, call.intValue(), output.intValue());
        }
        throw settings.refusal(
                "%s does not refer to a value as [name, call, output]".formatted(value));
    }
}
