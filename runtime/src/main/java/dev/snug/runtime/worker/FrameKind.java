package dev.snug.runtime.worker;

import org.jspecify.annotations.Nullable;

/** What a frame says. The code is on the wire; a new meaning needs a new {@link Frames#VERSION}. */
enum FrameKind {
    /** Child to parent, once: the task is made. No payload. */
    HELLO(1),
    /** Parent to child: {@link RequestHead}; as many bytes as it says follow as BODY. */
    REQUEST(2),
    /** Parent to child: the next bytes of the body. */
    BODY(3),
    /** Parent to child: the request with this id (8 bytes) is not wanted any more. */
    CANCEL(4),
    /** Child to parent: the next bytes of the answer. */
    PART(5),
    /** Child to parent: the answer is whole. No payload. */
    DONE(6),
    /** Child to parent: {@link FailureFrame}; the answer ends here, or there is no task at all. */
    FAILED(7),
    /** Child to parent: a step is over, and the next waits for GO_ON. No payload. */
    STEP(8),
    /** Parent to child: all that came before STEP was taken. No payload. */
    GO_ON(9);

    final byte code;

    FrameKind(int code) {
        this.code = (byte) code;
    }

    /** The kind with this code, null when there is none. */
    static @Nullable FrameKind of(byte code) {
        for (FrameKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }
}
