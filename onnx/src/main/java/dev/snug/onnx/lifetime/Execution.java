package dev.snug.onnx.lifetime;

/**
 * What of the machine and the session decides how much working memory operators take.
 *
 * @param threads of one operator, 1 to 256
 * @param cacheBytes the second-level cache of a core, which sizes the blocks of attention
 */
public record Execution(int threads, long cacheBytes) {
    /** The most of common processors: larger blocks than a machine has are an upper bound. */
    public static final long CACHE_BYTES_DEFAULT = 2L << 20;

    private static final int THREADS_MAX = 256;

    public Execution {
        if (threads < 1 || threads > THREADS_MAX) {
            throw new IllegalArgumentException(
                    "threads must be 1 to " + THREADS_MAX + ", not " + threads);
        }
        if (cacheBytes < 1) {
            throw new IllegalArgumentException("a cache of " + cacheBytes + " bytes");
        }
    }

    /** So many threads on a machine whose caches are not known. */
    public static Execution of(int threads) {
        return new Execution(threads, CACHE_BYTES_DEFAULT);
    }
}
