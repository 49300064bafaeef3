package dev.snug.runtime.bundle;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.TensorType;
import dev.snug.runtime.bundle.Manifest.GraphEntry;
import dev.snug.runtime.bundle.Manifest.InputSize;
import dev.snug.runtime.bundle.Manifest.Variant;
import dev.snug.runtime.json.Json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A small model for tests: two graphs over one file of weights larger than a small file. */
final class Sample {
    static final int WEIGHT_BYTES = (int) Bundle.SMALL_BYTES + 4096;

    private Sample() {}

    /** The draft that a writer returns: no files yet. */
    static Manifest draft(String name) {
        Port image =
                new Port(
                        "image",
                        new TensorType(
                                ElementType.FLOAT,
                                new Shape(
                                        List.of(
                                                Dimension.symbol("batch"),
                                                Dimension.of(300),
                                                Dimension.unknown(),
                                                Dimension.of(3)))));
        Port probabilities = new Port("probabilities", TensorType.floats(1, 7));
        Port map = new Port("map", TensorType.floats(1, 10, 10));
        InputSize size = new InputSize(300, 300);
        return new Manifest(
                name,
                "image-classifier",
                "model.keras",
                "ab".repeat(32),
                "MIT",
                "snug 0.1.0",
                20_000_000,
                Map.of(),
                List.of(
                        new GraphEntry(
                                "classify",
                                size,
                                "classify.onnx",
                                List.of(image),
                                List.of(probabilities)),
                        new GraphEntry(
                                "explain",
                                size,
                                "explain.onnx",
                                List.of(image),
                                List.of(probabilities, map))),
                List.of(new Variant("fp32", WEIGHT_BYTES)),
                Map.of("fp32", 160L << 20),
                Measured.NONE,
                settings());
    }

    static Map<String, ?> settings() {
        String text = "{\"classes\":[\"Mụn & đỏ\",\"\"],\"scale\":0.25,\"old\":null,\"deep\":{}}";
        return Json.parseObject(text.getBytes(StandardCharsets.UTF_8), "settings");
    }

    /** Writes a model whose every byte depends on {@code version}. */
    static BundleWriter version(String name, int version) {
        return folder -> {
            writeFiles(folder, version);
            return draft(name);
        };
    }

    static void writeFiles(Path folder, int version) throws IOException {
        byte[] weights = new byte[WEIGHT_BYTES];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) (i * 31 + version);
        }
        Files.write(folder.resolve("model.weights"), weights);
        Files.writeString(folder.resolve("classify.onnx"), "classify " + version);
        Files.writeString(folder.resolve("explain.onnx"), "explain " + version);
    }

    /** The version of an open model, after all its files were found to be of one version. */
    static int version(Bundle bundle) {
        bundle.verify(Progress.NONE);
        try {
            String text = Files.readString(bundle.file("classify.onnx"));
            return Integer.parseInt(text.substring("classify ".length()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
