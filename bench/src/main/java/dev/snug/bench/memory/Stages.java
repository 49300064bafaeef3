package dev.snug.bench.memory;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Model;
import dev.snug.onnx.Port;
import dev.snug.onnx.format.ModelReader;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.plan.Stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the graphs of the measured models lie, and what they are fed. */
record Stages(BundleStore store) {
    /** The graph file of a case. */
    Path file(Case one) throws IOException {
        Path folder = store.open(one.model()).folder();
        if (!one.isLaidOut()) {
            return folder.resolve(one.graph() + ".onnx");
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("optimized-"))
                    .map(entry -> entry.resolve(one.graph() + ".onnx"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new IllegalStateException(
                                            folder + " has no copy for this machine"));
        }
    }

    Model model(Case one) throws IOException {
        return ModelReader.read(file(one));
    }

    /** What the memory model is told of a case. */
    Stage stage(Case one) throws IOException {
        Stage.Settings settings = new Stage.Settings(one.threads(), one.isMapped(), one.hasArena());
        return Stage.of(model(one), one.sizes(), StageRun.RUNS, settings);
    }

    /** What {@link StageRun} is told: graph, threads, weights, arena, inputs, outputs. */
    List<String> arguments(Case one) throws IOException {
        Model model = model(one);
        String inputs =
                model.graph().inputs().stream()
                        .map(port -> input(port, one.sizes()))
                        .collect(Collectors.joining(";"));
        String outputs =
                model.graph().outputs().stream().map(Port::name).collect(Collectors.joining(";"));
        return List.of(
                file(one).toString(),
                Integer.toString(one.threads()),
                one.weights(),
                one.arena(),
                inputs,
                outputs);
    }

    private static String input(Port port, Map<String, Long> sizes) {
        String shape =
                port.type().shape().dimensions().stream()
                        .map(dimension -> Long.toString(size(port, dimension, sizes)))
                        .collect(Collectors.joining("x"));
        ElementType type = port.type().elementType();
        Long value = sizes.get(port.name());
        return port.name() + "=" + type + ":" + shape + (value == null ? "" : "@" + value);
    }

    private static long size(Port port, Dimension dimension, Map<String, Long> sizes) {
        return switch (dimension) {
            case Dimension.Fixed(long size) -> size;
            case Dimension.Symbol(String name) when sizes.containsKey(name) ->
                    sizes.getOrDefault(name, 0L);
            default -> throw new IllegalStateException("no size for " + port);
        };
    }
}
