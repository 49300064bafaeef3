package dev.snug.onnx;

import java.io.Serial;

/**
 * A model that cannot be read, inferred or edited as asked. The message names the place in the
 * model (file, graph value or node) and what was found there.
 */
public final class OnnxException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public OnnxException(String message) {
        super(message);
    }

    public OnnxException(String message, Throwable cause) {
        super(message, cause);
    }
}
