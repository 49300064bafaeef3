package dev.snug.vision.keras;

import dev.snug.vision.keras.file.KerasException;
import dev.snug.vision.keras.file.Settings;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A model flattened into calls of layers in an order in which they can run; what does not reach the
 * output is left out.
 *
 * @param inputs the model's inputs, in its order
 * @param output number of the value that the model gives
 */
record CallGraph(List<Input> inputs, List<Call> calls, int output) {
    /** Shared nested models multiply the layers; ten times their limit. */
    private static final int CALLS = 100_000;

    CallGraph {
        inputs = List.copyOf(inputs);
        calls = List.copyOf(calls);
    }

    /**
     * An input of the model.
     *
     * @param value its number
     * @param settings have its shape under {@code key}
     */
    record Input(String name, int value, Settings settings, String key) {}

    /** The flattened {@code model}. */
    static CallGraph of(ModelSpec model) {
        return new Flattening().all(model);
    }

    /** The calls that read each value. */
    Map<Integer, List<Call>> consumers() {
        Map<Integer, List<Call>> consumers = new HashMap<>();
        for (Call call : calls) {
            for (int input : call.inputs()) {
                consumers.computeIfAbsent(input, unused -> new ArrayList<>()).add(call);
            }
        }
        return consumers;
    }

    private static final class Flattening {
        private final List<Call> calls = new ArrayList<>();
        private int values;

        CallGraph all(ModelSpec model) {
            List<Input> inputs = model.sequential() ? sequentialInput(model) : inputs(model);
            List<Integer> numbers = inputs.stream().map(Input::value).toList();
            List<Integer> outputs = expand(model, numbers);
            if (outputs.size() != 1) {
                throw new KerasException(
                        "the model has %d outputs; a classifier has one".formatted(outputs.size()));
            }
            return new CallGraph(inputs, live(outputs.getFirst()), outputs.getFirst());
        }

        private List<Input> sequentialInput(ModelSpec model) {
            if (model.layers().isEmpty()) {
                throw model.settings().refusal("it has no layers");
            }
            LayerSpec first = model.layers().getFirst();
            if (first.className().equals(LayerSpec.INPUT)) {
                return List.of(input(first));
            }
            return List.of(new Input("input", values++, model.settings(), "build_input_shape"));
        }

        private List<Input> inputs(ModelSpec model) {
            Map<String, LayerSpec> byName = new HashMap<>();
            model.layers().forEach(layer -> byName.put(layer.name(), layer));
            List<Input> inputs = new ArrayList<>();
            for (TensorRef ref : model.inputs()) {
                LayerSpec layer = byName.get(ref.layer());
                if (layer == null || !layer.className().equals(LayerSpec.INPUT)) {
                    throw new KerasException(
                            "input %s of the model is not an InputLayer".formatted(ref.layer()));
                }
                inputs.add(input(layer));
            }
            return inputs;
        }

        private Input input(LayerSpec layer) {
            boolean old = layer.settings().value("batch_shape") == null;
            String key = old ? "batch_input_shape" : "batch_shape";
            return new Input(layer.name(), values++, layer.settings(), key);
        }

        private List<Integer> expand(ModelSpec model, List<Integer> arguments) {
            if (!model.sequential()) {
                return new Wiring(model, arguments).run();
            }
            List<Integer> current = arguments;
            for (LayerSpec layer : model.layers()) {
                if (!layer.className().equals(LayerSpec.INPUT)) {
                    current = call(layer, current);
                }
            }
            return current;
        }

        private List<Integer> call(LayerSpec layer, List<Integer> arguments) {
            if (layer.model() != null) {
                return expand(layer.model(), arguments);
            }
            if (calls.size() == CALLS) {
                throw new KerasException(
                        "the model calls layers more than %d times".formatted(CALLS));
            }
            calls.add(new Call(layer, arguments, values));
            return List.of(values++);
        }

        /** What {@code output} depends on. */
        private List<Call> live(int output) {
            Set<Integer> needed = new HashSet<>(Set.of(output));
            Deque<Call> live = new ArrayDeque<>();
            for (Call call : calls.reversed()) {
                if (needed.contains(call.output())) {
                    needed.addAll(call.inputs());
                    live.addFirst(call);
                }
            }
            return List.copyOf(live);
        }

        /** Runs the calls of one Functional model as their inputs become known, in file order. */
        private final class Wiring {
            private record Node(LayerSpec layer, int call, int rank) {}

            private record Place(String layer, int call) {}

            private final ModelSpec model;
            private final Map<Place, List<Integer>> known = new HashMap<>();
            private final Map<Place, List<Node>> waiting = new HashMap<>();
            private final Map<Node, Integer> missing = new HashMap<>();
            private final PriorityQueue<Node> ready =
                    new PriorityQueue<>((a, b) -> Integer.compare(a.rank(), b.rank()));

            Wiring(ModelSpec model, List<Integer> arguments) {
                this.model = model;
                if (arguments.size() != model.inputs().size()) {
                    throw model.settings()
                            .refusal(
                                    "it is called with %d inputs and has %d"
                                            .formatted(arguments.size(), model.inputs().size()));
                }
                for (int i = 0; i < arguments.size(); i++) {
                    TensorRef input = model.inputs().get(i);
                    known.put(new Place(input.layer(), 0), List.of(arguments.get(i)));
                }
            }

            List<Integer> run() {
                int rank = 0;
                for (LayerSpec layer : model.layers()) {
                    for (int call = 0; call < layer.calls().size(); call++) {
                        await(new Node(layer, call, rank++));
                    }
                }
                while (!ready.isEmpty()) {
                    Node node = ready.remove();
                    Place place = new Place(node.layer().name(), node.call());
                    known.put(place, call(node.layer(), values(refs(node))));
                    waiting.getOrDefault(place, List.of()).forEach(this::oneMore);
                }
                return values(model.outputs());
            }

            private void await(Node node) {
                Set<Place> unknown = new HashSet<>();
                for (TensorRef ref : refs(node)) {
                    Place place = new Place(ref.layer(), ref.call());
                    if (!known.containsKey(place) && unknown.add(place)) {
                        waiting.computeIfAbsent(place, unused -> new ArrayList<>()).add(node);
                    }
                }
                if (unknown.isEmpty()) {
                    ready.add(node);
                } else {
                    missing.put(node, unknown.size());
                }
            }

            private void oneMore(Node node) {
                if (missing.merge(node, -1, Integer::sum) == 0) {
                    ready.add(node);
                }
            }

            private static List<TensorRef> refs(Node node) {
                return node.layer().calls().get(node.call());
            }

            private List<Integer> values(List<TensorRef> refs) {
                List<Integer> numbers = new ArrayList<>();
                for (TensorRef ref : refs) {
                    List<Integer> outputs =
                            known.getOrDefault(new Place(ref.layer(), ref.call()), List.of());
                    if (ref.output() >= outputs.size()) {
                        throw model.settings()
                                .refusal(
                                        "nothing makes output %d of call %d of layer %s"
                                                .formatted(ref.output(), ref.call(), ref.layer()));
                    }
                    numbers.add(outputs.get(ref.output()));
                }
                return Collections.unmodifiableList(numbers);
            }
        }
    }
}
