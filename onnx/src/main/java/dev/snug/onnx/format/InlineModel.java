package dev.snug.onnx.format;

import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;

import java.io.IOException;
import java.io.OutputStream;
import java.util.IdentityHashMap;

/**
 * A model as one ONNX file with its weights inside, ready to be written: its length is known, its
 * weights stay where they are mapped.
 */
public final class InlineModel {
    /** What protobuf can describe: lengths of 31 bits. */
    public static final long BYTES_MAX = Integer.MAX_VALUE;

    private static final int LATER_BYTES_MIN = 1024;

    private final WireWriter encoded;

    private InlineModel(WireWriter encoded) {
        this.encoded = encoded;
    }

    /**
     * {@code model}, whose tensors must live until it is written.
     *
     * @throws OnnxException when it takes more than {@link #BYTES_MAX}
     */
    public static InlineModel of(Model model) {
        WireWriter encoded =
                new GraphEncoder("", new IdentityHashMap<>(), LATER_BYTES_MIN).encode(model);
        if (encoded.length() > BYTES_MAX) {
            throw new OnnxException(
                    "the model takes %d bytes with its weights inside; at most %d are possible, so write them to a weights file"
                            .formatted(encoded.length(), BYTES_MAX));
        }
        return new InlineModel(encoded);
    }

    /** Bytes of the file. */
    public long bytes() {
        return encoded.length();
    }

    /** Writes the file. */
    public void writeTo(OutputStream out) throws IOException {
        encoded.writeTo(out);
    }
}
