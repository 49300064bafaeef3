package dev.snug.runtime.bundle;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.TensorType;
import dev.snug.runtime.bundle.Manifest.FileEntry;
import dev.snug.runtime.bundle.Manifest.GraphEntry;
import dev.snug.runtime.bundle.Manifest.InputSize;
import dev.snug.runtime.bundle.Manifest.Variant;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A manifest as JSON text and back. The text of a manifest is canonical: equal manifests are equal
 * bytes, so the SHA-256 of the text names the manifest.
 */
final class ManifestJson {
    /** Absent where no time was measured, as in all models made before times were. */
    private static final String MEASURED_MICROS = "measured_micros";

    /** Absent where nothing was compared. */
    private static final String QUALITY = "quality";

    private ManifestJson() {}

    /**
     * The manifest that {@code text} holds.
     *
     * @param where the file, for messages
     * @throws BundleException when the text is not a whole manifest of a known format; the message
     *     names the property
     */
    static Manifest read(byte[] text, String where) {
        try {
            return parse(text, where);
        } catch (JsonException e) {
            throw new BundleException(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new BundleException(where + ": " + e.getMessage(), e);
        }
    }

    private static Manifest parse(byte[] text, String where) {
        Fields fields = new Fields(Json.parseObject(text, where), where);
        long format = fields.whole("format");
        if (format > Manifest.FORMAT) {
            throw new BundleException(
                    where
                            + " was made by a newer Snug: format "
                            + format
                            + ", this one reads up to "
                            + Manifest.FORMAT
                            + ". Update Snug, or import the model again");
        }
        if (format < 1) {
            throw new BundleException(where + ": format " + format + " does not exist");
        }
        Manifest manifest =
                new Manifest(
                        fields.text("name"),
                        fields.text("kind"),
                        fields.text("source"),
                        fields.text("source_sha256"),
                        fields.textOrNull("licence"),
                        fields.text("created_by"),
                        fields.whole("parameters"),
                        fields.object("files", Manifest.MAX_FILES, ManifestJson::file),
                        fields.list("graphs", Manifest.MAX_GRAPHS, ManifestJson::graph),
                        fields.list("variants", Manifest.MAX_FIGURES, ManifestJson::variant),
                        fields.figures("predicted_bytes", Manifest.MAX_FIGURES),
                        measured(fields),
                        fields.tree("settings"));
        fields.requireNoOther();
        manifest.requireComplete();
        return manifest;
    }

    private static Measured measured(Fields fields) {
        return new Measured(
                fields.figures("measured_bytes", Manifest.MAX_FIGURES),
                fields.has(MEASURED_MICROS)
                        ? fields.figures(MEASURED_MICROS, Manifest.MAX_FIGURES)
                        : Map.of(),
                fields.has(QUALITY) ? fields.numbers(QUALITY, Manifest.MAX_FIGURES) : Map.of());
    }

    private static FileEntry file(Fields fields) {
        return new FileEntry(fields.whole("bytes"), fields.text("sha256"));
    }

    private static Variant variant(Fields fields) {
        return new Variant(fields.text("precision"), fields.whole("bytes"));
    }

    private static GraphEntry graph(Fields fields) {
        return new GraphEntry(
                fields.text("role"),
                inputSize(fields.values("input_size", 2)),
                fields.text("file"),
                fields.list("inputs", Manifest.MAX_PORTS, ManifestJson::port),
                fields.list("outputs", Manifest.MAX_PORTS, ManifestJson::port));
    }

    private static @Nullable InputSize inputSize(@Nullable List<?> sides) {
        if (sides == null) {
            return null;
        }
        if (sides.size() == 2
                && sides.get(0) instanceof Long height
                && sides.get(1) instanceof Long width
                && height == height.intValue()
                && width == width.intValue()) {
            return new InputSize(height.intValue(), width.intValue());
        }
        throw new IllegalArgumentException("input_size is not [height, width]");
    }

    private static Port port(Fields fields) {
        String name = fields.text("name");
        String typeName = fields.text("element_type");
        List<?> shape = fields.values("shape", Manifest.MAX_RANK);
        if (shape == null) {
            throw new IllegalArgumentException("shape of " + Json.quoted(name) + " is null");
        }
        return new Port(
                name,
                new TensorType(
                        elementType(typeName),
                        new Shape(
                                shape.stream().<Dimension>map(ManifestJson::dimension).toList())));
    }

    private static ElementType elementType(String name) {
        for (ElementType type : ElementType.values()) {
            if (name(type).equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException("unknown element_type " + Json.quoted(name));
    }

    private static String name(ElementType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static Dimension dimension(@Nullable Object value) {
        // Not a switch over types: each makes a class at run time, in every process anew.
        if (value instanceof Long size) {
            return Dimension.of(size);
        }
        if (value instanceof String symbol) {
            return Dimension.symbol(symbol);
        }
        if (value == null) {
            return Dimension.unknown();
        }
        throw new IllegalArgumentException("a dimension is neither size nor name");
    }

    /** The canonical text of {@code manifest}, UTF-8. */
    static byte[] bytes(Manifest manifest) {
        Map<String, Object> files = new LinkedHashMap<>();
        manifest.files().forEach((name, file) -> files.put(name, tree(file)));
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("format", Manifest.FORMAT);
        fields.put("name", manifest.name());
        fields.put("kind", manifest.kind());
        fields.put("source", manifest.source());
        fields.put("source_sha256", manifest.sourceSha256());
        fields.put("licence", manifest.licence());
        fields.put("created_by", manifest.createdBy());
        fields.put("parameters", manifest.parameters());
        fields.put("files", files);
        fields.put("graphs", manifest.graphs().stream().map(ManifestJson::tree).toList());
        fields.put("variants", manifest.variants().stream().map(ManifestJson::tree).toList());
        fields.put("predicted_bytes", manifest.predictedBytes());
        fields.put("measured_bytes", manifest.measured().bytes());
        if (!manifest.measured().micros().isEmpty()) {
            fields.put(MEASURED_MICROS, manifest.measured().micros());
        }
        if (!manifest.measured().quality().isEmpty()) {
            fields.put(QUALITY, manifest.measured().quality());
        }
        fields.put("settings", manifest.settings());
        return Json.bytes(fields);
    }

    private static Map<String, Object> tree(FileEntry file) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("bytes", file.bytes());
        fields.put("sha256", file.sha256());
        return fields;
    }

    private static Map<String, Object> tree(Variant variant) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("precision", variant.precision());
        fields.put("bytes", variant.bytes());
        return fields;
    }

    private static Map<String, @Nullable Object> tree(GraphEntry graph) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        InputSize size = graph.inputSize();
        fields.put("role", graph.role());
        fields.put("input_size", size == null ? null : List.of(size.height(), size.width()));
        fields.put("file", graph.file());
        fields.put("inputs", graph.inputs().stream().map(ManifestJson::tree).toList());
        fields.put("outputs", graph.outputs().stream().map(ManifestJson::tree).toList());
        return fields;
    }

    private static Map<String, Object> tree(Port port) {
        List<@Nullable Object> shape = new ArrayList<>();
        port.type().shape().dimensions().forEach(dimension -> shape.add(value(dimension)));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", port.name());
        fields.put("element_type", name(port.type().elementType()));
        fields.put("shape", shape);
        return fields;
    }

    private static @Nullable Object value(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Fixed(long size) -> size;
            case Dimension.Symbol(String name) -> name;
            case Dimension.Unknown() -> null;
        };
    }
}
