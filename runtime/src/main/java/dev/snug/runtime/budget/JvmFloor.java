package dev.snug.runtime.budget;

/**
 * What the Java machine holds before any work is done, outside its heap, in bytes.
 *
 * @param stayBytes pages that no file backs, which must stay: class data that was written to, code,
 *     stacks, the collector's tables
 * @param mappedBytes pages of its libraries, modules, jars and class cache, which a fresh control
 *     group is charged for and the kernel can drop and read again
 */
public record JvmFloor(long stayBytes, long mappedBytes) {
    /**
     * What {@code snug normalize} held while it waited for its second line, with the launcher's
     * flags and a heap of 32 to 224 MiB, and about a tenth more: 62 MiB without the heap, of which
     * 23 stay (2 virtual Zen 3 cores, Linux, Temurin 25.0.3, one run each, {@code
     * /proc/PID/smaps}).
     */
    public static final JvmFloor MEASURED = new JvmFloor(26L << 20, 42L << 20);

    public JvmFloor {
        if (stayBytes < 0 || mappedBytes < 0) {
            throw new IllegalArgumentException(
                    "the Java machine cannot hold " + stayBytes + " and " + mappedBytes + " bytes");
        }
    }
}
