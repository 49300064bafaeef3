package dev.snug.runtime.worker;

import dev.snug.runtime.worker.WorkerException.Kind;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Payload of {@link FrameKind#FAILED}: one byte for the kind, then the message (UTF-8, to the end).
 */
final class FailureFrame {
    private FailureFrame() {}

    static ByteBuffer encoded(TaskFailure failure) {
        byte[] text = failure.message().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + text.length).put(code(failure.kind())).put(text).flip();
    }

    /**
     * Reads it.
     *
     * @throws WireException when it holds no kind that a child may tell
     */
    static TaskFailure decode(ByteBuffer payload) throws WireException {
        byte code = payload.hasRemaining() ? payload.get() : 0;
        return new TaskFailure(kind(code), StandardCharsets.UTF_8.decode(payload).toString());
    }

    private static byte code(Kind kind) {
        return switch (kind) {
            case OUT_OF_MEMORY -> 1;
            case BAD_REQUEST -> 2;
            case FAILED -> 3;
            case CANCELLED -> 4;
            case CRASHED, KILLED_FOR_MEMORY, STUCK, NOT_STARTED, BUSY, CLOSED ->
                    throw new IllegalArgumentException("a child does not tell " + kind);
        };
    }

    private static Kind kind(byte code) throws WireException {
        return switch (code) {
            case 1 -> Kind.OUT_OF_MEMORY;
            case 2 -> Kind.BAD_REQUEST;
            case 3 -> Kind.FAILED;
            case 4 -> Kind.CANCELLED;
            default -> throw new WireException("a failure has code " + code + ", of 1 to 4");
        };
    }
}
