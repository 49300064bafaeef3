package dev.snug.runtime.budget;

/**
 * What the Java machine holds before any work is done, outside its heap, in bytes.
 *
 * @param stayBytes pages that no file backs, which must stay: class data that was written to, code,
 *     stacks, the collector's tables
 * @param mappedBytes pages of its libraries, modules, jars and class cache that it reads again and
 *     again, so that they are to stay; more are mapped, which the kernel can drop
 */
public record JvmFloor(long stayBytes, long mappedBytes) {
    public JvmFloor {
        if (stayBytes < 0 || mappedBytes < 0) {
            throw new IllegalArgumentException(
                    "the Java machine cannot hold " + stayBytes + " and " + mappedBytes + " bytes");
        }
    }
}
