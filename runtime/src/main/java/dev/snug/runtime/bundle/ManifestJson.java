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

import org.jspecify.annotations.Nullable;

import tools.jackson.jr.stree.JrsArray;
import tools.jackson.jr.stree.JrsNull;
import tools.jackson.jr.stree.JrsNumber;
import tools.jackson.jr.stree.JrsObject;
import tools.jackson.jr.stree.JrsString;
import tools.jackson.jr.stree.JrsValue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A manifest as JSON text and back. The text of a manifest is canonical: equal manifests are equal
 * bytes, so the SHA-256 of the text names the manifest.
 */
final class ManifestJson {
    private ManifestJson() {}

    /**
     * The manifest that {@code text} holds.
     *
     * @param where the file, for messages
     * @throws BundleException when the text is not a whole manifest of a known format; the message
     *     names the property
     */
    static Manifest read(byte[] text, String where) {
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
        try {
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
                            fields.figures("measured_bytes", Manifest.MAX_FIGURES),
                            fields.tree("settings"));
            fields.requireNoOther();
            manifest.requireComplete();
            return manifest;
        } catch (IllegalArgumentException e) {
            throw new BundleException(where + ": " + e.getMessage(), e);
        }
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

    private static @Nullable InputSize inputSize(@Nullable List<JrsValue> sides) {
        if (sides == null) {
            return null;
        }
        if (sides.size() == 2
                && sides.get(0) instanceof JrsNumber height
                && sides.get(1) instanceof JrsNumber width
                && height.getValue() instanceof Integer h
                && width.getValue() instanceof Integer w) {
            return new InputSize(h, w);
        }
        throw new IllegalArgumentException("input_size is not [height, width]");
    }

    private static Port port(Fields fields) {
        String name = fields.text("name");
        String typeName = fields.text("element_type");
        List<JrsValue> shape = fields.values("shape", Manifest.MAX_RANK);
        if (shape == null) {
            throw new IllegalArgumentException("shape of " + Names.quoted(name) + " is null");
        }
        return new Port(
                name,
                new TensorType(
                        elementType(typeName),
                        new Shape(shape.stream().map(ManifestJson::dimension).toList())));
    }

    private static ElementType elementType(String name) {
        for (ElementType type : ElementType.values()) {
            if (name(type).equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException("unknown element_type " + Names.quoted(name));
    }

    private static String name(ElementType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static Dimension dimension(JrsValue value) {
        return switch (value) {
            case JrsNumber number when number.getValue() instanceof Integer size ->
                    Dimension.of(size);
            case JrsNumber number when number.getValue() instanceof Long size -> Dimension.of(size);
            case JrsString symbol -> Dimension.symbol(symbol.getValue());
            case JrsNull nothing -> Dimension.unknown();
            default -> throw new IllegalArgumentException("a dimension is neither size nor name");
        };
    }

    /** The canonical text of {@code manifest}, UTF-8. */
    static byte[] bytes(Manifest manifest) {
        Map<String, JrsValue> fields = new LinkedHashMap<>();
        fields.put("format", number(Manifest.FORMAT));
        fields.put("name", text(manifest.name()));
        fields.put("kind", text(manifest.kind()));
        fields.put("source", text(manifest.source()));
        fields.put("source_sha256", text(manifest.sourceSha256()));
        fields.put("licence", text(manifest.licence()));
        fields.put("created_by", text(manifest.createdBy()));
        fields.put("parameters", number(manifest.parameters()));
        fields.put("files", object(manifest.files(), ManifestJson::tree));
        fields.put("graphs", array(manifest.graphs(), ManifestJson::tree));
        fields.put("variants", array(manifest.variants(), ManifestJson::tree));
        fields.put("predicted_bytes", object(manifest.predictedBytes(), ManifestJson::number));
        fields.put("measured_bytes", object(manifest.measuredBytes(), ManifestJson::number));
        fields.put("settings", manifest.settings());
        return Json.bytes(new JrsObject(fields));
    }

    private static JrsValue tree(FileEntry file) {
        Map<String, JrsValue> fields = new LinkedHashMap<>();
        fields.put("bytes", number(file.bytes()));
        fields.put("sha256", text(file.sha256()));
        return new JrsObject(fields);
    }

    private static JrsValue tree(Variant variant) {
        Map<String, JrsValue> fields = new LinkedHashMap<>();
        fields.put("precision", text(variant.precision()));
        fields.put("bytes", number(variant.bytes()));
        return new JrsObject(fields);
    }

    private static JrsValue tree(GraphEntry graph) {
        Map<String, JrsValue> fields = new LinkedHashMap<>();
        InputSize size = graph.inputSize();
        fields.put("role", text(graph.role()));
        fields.put(
                "input_size",
                size == null
                        ? JrsNull.instance()
                        : new JrsArray(List.of(number(size.height()), number(size.width()))));
        fields.put("file", text(graph.file()));
        fields.put("inputs", array(graph.inputs(), ManifestJson::tree));
        fields.put("outputs", array(graph.outputs(), ManifestJson::tree));
        return new JrsObject(fields);
    }

    private static JrsValue tree(Port port) {
        Map<String, JrsValue> fields = new LinkedHashMap<>();
        fields.put("name", text(port.name()));
        fields.put("element_type", text(name(port.type().elementType())));
        fields.put("shape", array(port.type().shape().dimensions(), ManifestJson::tree));
        return new JrsObject(fields);
    }

    private static JrsValue tree(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Fixed(long size) -> number(size);
            case Dimension.Symbol(String name) -> text(name);
            case Dimension.Unknown() -> JrsNull.instance();
        };
    }

    private static <T> JrsValue array(List<T> items, Function<? super T, JrsValue> tree) {
        List<JrsValue> elements = new ArrayList<>();
        items.forEach(item -> elements.add(tree.apply(item)));
        return new JrsArray(elements);
    }

    private static <T> JrsValue object(Map<String, T> items, Function<? super T, JrsValue> tree) {
        Map<String, JrsValue> fields = new LinkedHashMap<>();
        items.forEach((key, item) -> fields.put(key, tree.apply(item)));
        return new JrsObject(fields);
    }

    private static JrsValue text(@Nullable String text) {
        return text == null ? JrsNull.instance() : new JrsString(text);
    }

    private static JrsValue number(long number) {
        return new JrsNumber(number);
    }
}
