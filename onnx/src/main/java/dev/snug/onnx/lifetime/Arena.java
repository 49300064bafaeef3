package dev.snug.onnx.lifetime;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * ONNX Runtime's arena without the memory: which pages of it a sequence of takings touches. The
 * arena never gives a page back, so what was touched once stays.
 *
 * <p>It grows by regions of a power of two, from 1 MiB on, each larger than the one before. A
 * taking gets the smallest free chunk that is large enough, the first of equal ones, and the rest
 * of the chunk stays free when it is as large as the taking. What is given back joins its free
 * neighbours. Source: core/framework/bfc_arena.cc with its default settings (kNextPowerOfTwo).
 */
final class Arena {
    private static final long ALIGNMENT_BYTES = 256;
    private static final long FIRST_REGION_BYTES = 1 << 20;
    private static final long REGION_BYTES_MAX = 1L << 30;

    /** A chunk is cut when more than this would be wasted. */
    private static final long WASTE_BYTES_MAX = 128L << 20;

    private static final int PAGE_BYTES = 4096;

    /** A stretch of the arena's address space, which regions divide. */
    private record Chunk(int region, long offset, long bytes) implements Comparable<Chunk> {
        /** The smallest first, then the first. */
        @Override
        public int compareTo(Chunk other) {
            int bySize = Long.compare(bytes, other.bytes);
            int byRegion = bySize != 0 ? bySize : Integer.compare(region, other.region);
            return byRegion != 0 ? byRegion : Long.compare(offset, other.offset);
        }
    }

    private final List<BitSet> touched = new ArrayList<>();
    private final TreeSet<Chunk> free = new TreeSet<>();
    private long nextRegionBytes = FIRST_REGION_BYTES;

    /**
     * The bytes that {@code runs} runs one after the other leave touched.
     *
     * @param runs 1 or more: the second finds the arena otherwise than the first
     */
    static long touchedBytes(Activations activations, int runs) {
        Arena arena = new Arena();
        for (int run = 0; run < runs; run++) {
            arena.run(activations);
        }
        return arena.touched.stream().mapToLong(BitSet::cardinality).sum() * PAGE_BYTES;
    }

    private void run(Activations activations) {
        Map<Integer, List<Buffer>> taken = new HashMap<>();
        Map<Integer, List<Buffer>> given = new HashMap<>();
        for (Buffer buffer : activations.buffers()) {
            taken.computeIfAbsent(buffer.first(), unused -> new ArrayList<>()).add(buffer);
            if (!buffer.isOutput()) {
                given.computeIfAbsent(buffer.last(), unused -> new ArrayList<>()).add(buffer);
            }
        }
        Map<String, Chunk> held = new HashMap<>();
        for (int at = 0; at < activations.moments().size(); at++) {
            for (Buffer buffer : taken.getOrDefault(at, List.of())) {
                held.put(buffer.value(), take(buffer.bytes()));
            }
            activations.moments().get(at).workspaceBytes().stream()
                    .map(this::take)
                    .toList()
                    .forEach(this::give);
            for (Buffer buffer : given.getOrDefault(at, List.of())) {
                Chunk chunk = held.remove(buffer.value());
                if (chunk != null) {
                    give(chunk);
                }
            }
        }
        held.values().forEach(this::give);
    }

    private Chunk take(long asked) {
        long bytes = Math.max(1, Math.ceilDiv(asked, ALIGNMENT_BYTES)) * ALIGNMENT_BYTES;
        Chunk found = free.ceiling(new Chunk(-1, -1, bytes));
        if (found == null) {
            grow(bytes);
            found = free.ceiling(new Chunk(-1, -1, bytes));
        }
        if (found == null) {
            throw new IllegalStateException("a region of " + nextRegionBytes + " is too small");
        }
        free.remove(found);
        Chunk taken = found;
        boolean isCut = found.bytes >= 2 * bytes || found.bytes - bytes >= WASTE_BYTES_MAX;
        if (isCut) {
            taken = new Chunk(found.region, found.offset, bytes);
            free.add(new Chunk(found.region, found.offset + bytes, found.bytes - bytes));
        }
        int first = (int) (taken.offset / PAGE_BYTES);
        int last = (int) ((taken.offset + Math.max(asked, 1) - 1) / PAGE_BYTES);
        touched.get(taken.region).set(first, last + 1);
        return taken;
    }

    private void grow(long bytes) {
        boolean isEnough = bytes <= nextRegionBytes;
        while (bytes > nextRegionBytes) {
            nextRegionBytes = Math.multiplyExact(nextRegionBytes, 2);
        }
        free.add(new Chunk(touched.size(), 0, nextRegionBytes));
        touched.add(new BitSet());
        if (isEnough && 2 * nextRegionBytes < REGION_BYTES_MAX) {
            nextRegionBytes *= 2;
        }
    }

    private void give(Chunk chunk) {
        Chunk whole = chunk;
        for (Chunk other : List.copyOf(free)) {
            boolean isBefore = other.offset + other.bytes == whole.offset;
            boolean isAfter = whole.offset + whole.bytes == other.offset;
            if (other.region == whole.region && (isBefore || isAfter)) {
                free.remove(other);
                whole =
                        new Chunk(
                                whole.region,
                                Math.min(whole.offset, other.offset),
                                whole.bytes + other.bytes);
            }
        }
        free.add(whole);
    }

    private Arena() {}
}
