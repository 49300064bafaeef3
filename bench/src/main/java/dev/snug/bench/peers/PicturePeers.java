package dev.snug.bench.peers;

import dev.snug.bench.Run;
import dev.snug.bench.Snug;
import dev.snug.bench.SyntheticPhoto;
import dev.snug.onnx.Model;
import dev.snug.onnx.Port;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.ModelReader;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.session.Session;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.npy.NpyArray;
import dev.snug.speech.npy.NpyFile;
import dev.snug.vision.explain.GradCamGraph;
import dev.snug.vision.picture.Picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of pictures: EfficientNetV2-S for 300 × 300 pixels and seven classes with random
 * weights, probabilities and heat map. The right answer is that of Keras as the original app runs
 * it. The peers get the picture's levels as an array; Snug reads a PNG and writes the map over it
 * as one.
 */
final class PicturePeers {
    /** What a picture is sorted into. */
    static final int CLASSES = 7;

    private static final int SIDE = 300;

    /**
     * A map below this is nothing; the graph's own is a gradient's size, the compared one ends at
     * 1.
     */
    private static final float ALMOST_NOTHING = 1e-10f;

    private static final String GRAPH = "explain-300.onnx";
    private static final String REFERENCE = "keras-app";
    private static final String MODEL = "efficientnetv2-s";

    private final Folder folder;
    private final Map<String, String> pins;
    private final Path levels;
    private final Path photo;

    PicturePeers(Folder folder) throws IOException {
        this.folder = folder;
        this.pins = folder.pins();
        this.levels = folder.folder().resolve("levels.npy");
        this.photo = folder.folder().resolve("picture.png");
        Picture picture = SyntheticPhoto.of(SIDE, SIDE);
        SyntheticPhoto.writePng(picture, photo);
        NpyFile.write(levels, NpyArray.of(values(picture), 1, SIDE, SIDE, Picture.CHANNELS));
    }

    /** All rows; Snug's once for each of {@code models}. */
    List<Peer> rows(Snug snug, List<String> models) throws IOException {
        Path keras = folder.model(MODEL + ".keras");
        Path graph = snug.home().resolve("models").resolve(MODEL).resolve(GRAPH);
        String tensorflow = "TensorFlow " + pins.get("tensorflow");
        String litert = "LiteRT (TFLite) " + pins.get("ai-edge-litert");
        List<Peer> rows = new ArrayList<>();
        rows.add(
                python(
                        REFERENCE,
                        tensorflow + ", as the app: predict, GradientTape",
                        "tensorflow",
                        "keras_pictures.py",
                        keras));
        rows.add(
                python(
                        "keras-graph",
                        tensorflow + ", one tf.function",
                        "tensorflow",
                        "keras_pictures.py",
                        keras,
                        "--graph"));
        for (String precision : List.of("fp32", "dynamic", "static")) {
            rows.add(
                    python(
                            "litert-" + precision,
                            litert + (precision.equals("fp32") ? ", " : ", int8 ") + precision,
                            "litert",
                            "litert_pictures.py",
                            folder.model("litert/" + precision + ".tflite")));
        }
        rows.add(
                python(
                        "openvino",
                        "OpenVINO %s, fp32".formatted(pins.get("openvino")),
                        "openvino",
                        "openvino_pictures.py",
                        graph));
        rows.add(
                python(
                        "onnxruntime",
                        "ONNX Runtime %s for Python, fp32".formatted(pins.get("onnxruntime")),
                        "onnxruntime",
                        "ort_pictures.py",
                        graph));
        for (String model : models) {
            rows.add(snug(snug, model));
        }
        return rows;
    }

    private Peer python(
            String id,
            String title,
            String environment,
            String script,
            Path model,
            String... options)
            throws IOException {
        List<Path> files = new ArrayList<>(folder.files(environment));
        // A graph's weights lie beside it.
        files.add(model.endsWith(GRAPH) ? model.getParent() : model);
        return new Peer(
                id,
                title,
                Kind.PICTURES,
                (units, _, output) -> {
                    List<String> line = new ArrayList<>();
                    line.add(folder.python(environment).toString());
                    line.addAll(List.of(folder.script(script).toString(), model.toString()));
                    line.addAll(List.of("--levels", levels.toString()));
                    line.addAll(List.of("--pictures=" + units, "-o", output.toString()));
                    line.addAll(List.of(options));
                    return line;
                },
                files,
                Map.of(),
                (_, output) -> NpyFile.read(output, SIDE * SIDE).floats(),
                REFERENCE,
                Peer.Role.PEER,
                folder.missing(environment, model));
    }

    private Peer snug(Snug snug, String model) throws IOException {
        Path maps = Files.createDirectories(folder.folder().resolve("maps"));
        return new Peer(
                "snug-" + model.replace(':', '+'),
                "Snug, " + SnugRows.precision(model),
                Kind.PICTURES,
                (units, limitMib, _) -> {
                    List<String> line = new ArrayList<>(List.of(snug.root().resolve("snug") + ""));
                    line.addAll(List.of("classify", "--json", "--explain", "--model", model));
                    line.addAll(List.of("--top", Integer.toString(CLASSES), "-o", maps + "/"));
                    SnugRows.addLimit(line, limitMib);
                    line.addAll(Collections.nCopies(units, photo.toString()));
                    return line;
                },
                SnugRows.files(snug, model),
                SnugRows.environment(snug),
                (printed, _) -> answer(snug, model, printed),
                REFERENCE,
                Peer.Role.PLANNING,
                Optional.empty());
    }

    /**
     * The probabilities that the command printed, and the map of the graph that it ran: of the map
     * itself the command tells no numbers.
     */
    private float[] answer(Snug snug, String model, String printed) throws IOException {
        Map<String, Double> probabilities = Run.probabilities(Launch.parsed(printed));
        float[] map = heatMap(new BundleStore(snug.home()).open(model).file(GRAPH));
        float[] answer = new float[CLASSES + map.length];
        for (int i = 0; i < CLASSES; i++) {
            answer[i] = probabilities.getOrDefault(Integer.toString(i), Double.NaN).floatValue();
        }
        float largest = ALMOST_NOTHING;
        for (float value : map) {
            largest = Math.max(largest, value);
        }
        for (int i = 0; i < map.length; i++) {
            answer[CLASSES + i] = map[i] / largest;
        }
        return answer;
    }

    private float[] heatMap(Path graph) throws IOException {
        Model model = ModelReader.read(graph);
        float[] values = NpyFile.read(levels, SIDE * SIDE * Picture.CHANNELS).floats();
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (Port port : model.graph().inputs()) {
            inputs.put(
                    port.name(),
                    port.name().equals(GradCamGraph.CLASS_INPUT)
                            ? Tensor.longs(new long[] {GradCamGraph.TOP_CLASS}, 1)
                            : Tensor.floats(values, port.type().shape().sizes()));
        }
        String wanted = GradCamGraph.HEAT_MAP_OUTPUT;
        try (Session session = Session.open(graph, SessionSettings.MAPPED);
                Session.Lease lease = session.acquire()) {
            return Objects.requireNonNull(lease.run(inputs, Set.of(wanted)).get(wanted), wanted)
                    .toFloats();
        }
    }

    private static float[] values(Picture picture) {
        byte[] rgb = new byte[SIDE * SIDE * Picture.CHANNELS];
        picture.readRows(0, SIDE, rgb);
        float[] values = new float[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            values[i] = Byte.toUnsignedInt(rgb[i]);
        }
        return values;
    }
}
