package dev.snug.cli;

/** Bytes as people read them: in MiB, 2^20 bytes. */
final class Mebibytes {
    private static final double BYTES = 1 << 20;

    private Mebibytes() {}

    /** {@code bytes} in MiB. */
    static double of(long bytes) {
        return bytes / BYTES;
    }
}
