package dev.snug.speech.npy;

/** The element types that are read and written, little-endian. */
public enum NpyType {
    FLOAT32("<f4", 4),
    INT64("<i8", 8),
    INT32("<i4", 4),
    INT16("<i2", 2);

    private final String descr;
    private final int bytes;

    NpyType(String descr, int bytes) {
        this.descr = descr;
        this.bytes = bytes;
    }

    /** The type as a header names it. */
    String descr() {
        return descr;
    }

    int bytes() {
        return bytes;
    }
}
