package dev.snug.onnx.format;

import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.format.Schema.Entry;
import dev.snug.onnx.format.Schema.ModelProto;
import dev.snug.onnx.format.Schema.Opset;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads an ONNX file, IR version 3 to 13, without copying weights: tensors are views of the mapped
 * file and of the files beside it that hold external data.
 *
 * <p>The file is not trusted: see {@link ReadLimits} and {@link ExternalFiles}. Functions, training
 * info, sparse initializers and string tensors are refused by name; doc strings, quantisation
 * annotations and the checksums of external data are passed over.
 *
 * <p>The mapped files must not be shortened while the model is in use.
 */
public final class ModelReader {
    /** The first IR version that imports operator sets, as all files of the field do. */
    private static final long IR_VERSION_MIN = 3;

    /** The newest IR version whose fields were looked at for this reader. */
    private static final long IR_VERSION_MAX = 13;

    /** Protobuf's own limit; the file must be mapped as one buffer. */
    private static final long FILE_BYTES_MAX = Integer.MAX_VALUE;

    /**
     * The model in {@code onnxFile}, its files mapped for as long as one of its tensors is in use.
     *
     * @throws OnnxException when the file is not a model that Snug can read; names file and place
     * @throws IOException when the file itself cannot be opened
     */
    public static Model read(Path onnxFile) throws IOException {
        return read(onnxFile, Arena.ofAuto());
    }

    /**
     * The model in {@code onnxFile}, its files mapped until {@code arena} is closed.
     *
     * @throws OnnxException when the file is not a model that Snug can read; names file and place
     * @throws IOException when the file itself cannot be opened
     */
    public static Model read(Path onnxFile, Arena arena) throws IOException {
        ByteBuffer bytes;
        try (FileChannel channel = FileChannel.open(onnxFile, StandardOpenOption.READ)) {
            if (channel.size() > FILE_BYTES_MAX) {
                throw new OnnxException(
                        "%s has %d bytes; the limit is %d: keep weights as external data"
                                .formatted(onnxFile, channel.size(), FILE_BYTES_MAX));
            }
            bytes =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena)
                            .asByteBuffer();
        }
        Path folder = onnxFile.toAbsolutePath().getParent();
        ExternalFiles files =
                folder == null ? ExternalFiles.none() : ExternalFiles.in(folder, arena);
        return decode(WireReader.of(bytes, onnxFile.toString()), files, onnxFile.toString());
    }

    /**
     * The model in {@code bytes}, which its tensors keep as views; external data is refused.
     *
     * @param label what errors call the model
     * @throws OnnxException when the bytes are not a model that Snug can read; names the place
     */
    public static Model parse(ByteBuffer bytes, String label) {
        return decode(WireReader.of(bytes, label), ExternalFiles.none(), label);
    }

    private static Model decode(WireReader in, ExternalFiles files, String label) {
        long irVersion = 0;
        String producer = "";
        Graph graph = null;
        Map<String, Long> opsets = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        while (in.next()) {
            switch (in.field()) {
                case ModelProto.IR_VERSION -> irVersion = in.number();
                case ModelProto.PRODUCER_NAME -> producer = in.text();
                case ModelProto.GRAPH -> {
                    if (graph != null) {
                        throw in.error("there are two graphs");
                    }
                    graph = GraphDecoder.decode(in.message("graph"), files, 0);
                }
                case ModelProto.OPSET_IMPORT -> opset(in.message("opset"), opsets);
                case ModelProto.METADATA_PROPS -> metadata(in.message("metadata"), metadata);
                case ModelProto.TRAINING_INFO -> throw in.error("training info is not supported");
                case ModelProto.FUNCTIONS ->
                        throw in.error("functions are not supported; inline them before import");
                default -> in.skip();
            }
        }
        return checked(in, irVersion, opsets, producer, metadata, graph, label);
    }

    private static Model checked(
            WireReader in,
            long irVersion,
            Map<String, Long> opsets,
            String producer,
            Map<String, String> metadata,
            @Nullable Graph graph,
            String label) {
        if (irVersion < IR_VERSION_MIN || irVersion > IR_VERSION_MAX) {
            throw in.error(
                    "IR version %d is not supported, only %d to %d; is this an ONNX file?"
                            .formatted(irVersion, IR_VERSION_MIN, IR_VERSION_MAX));
        }
        if (graph == null) {
            throw in.error("the model has no graph");
        }
        if (opsets.isEmpty()) {
            throw in.error("the model names no operator set");
        }
        GraphCheck.check(graph, label);
        return new Model(irVersion, opsets, producer, metadata, graph);
    }

    private static void opset(WireReader in, Map<String, Long> opsets) {
        String domain = "";
        long version = 0;
        while (in.next()) {
            switch (in.field()) {
                case Opset.DOMAIN -> domain = in.text();
                case Opset.VERSION -> version = in.number();
                default -> in.skip();
            }
        }
        in.limits().item(in);
        String canonical = domain.equals("ai.onnx") ? "" : domain;
        if (opsets.putIfAbsent(canonical, version) != null) {
            throw in.error("the domain '" + domain + "' is imported twice");
        }
    }

    private static void metadata(WireReader in, Map<String, String> metadata) {
        String key = "";
        String value = "";
        while (in.next()) {
            switch (in.field()) {
                case Entry.KEY -> key = in.text();
                case Entry.VALUE -> value = in.text();
                default -> in.skip();
            }
        }
        in.limits().item(in);
        if (metadata.putIfAbsent(key, value) != null) {
            throw in.error("the key '" + key + "' is given twice");
        }
    }

    private ModelReader() {}
}
