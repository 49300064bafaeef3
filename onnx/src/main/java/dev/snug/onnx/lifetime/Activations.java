package dev.snug.onnx.lifetime;

import java.util.Comparator;
import java.util.List;

/**
 * The memory of one run from its first node to its last: what is held at each node, and where it is
 * the most. Weights and what the caller gives are not part of it; the outputs are.
 *
 * @param buffers in the order in which they are taken
 * @param moments one a node, in the order of execution; at least one
 * @param peak place of the moment that holds the most
 */
public record Activations(List<Buffer> buffers, List<Moment> moments, int peak) {
    public Activations {
        buffers = List.copyOf(buffers);
        moments = List.copyOf(moments);
    }

    /** The most bytes that are held at once. */
    public long peakBytes() {
        return moments.get(peak).bytes();
    }

    /** The node at which it is the most. */
    public String peakNode() {
        return moments.get(peak).nodeName();
    }

    /** The buffers that are held at the peak, the largest first. */
    public List<Buffer> atPeak() {
        return buffers.stream()
                .filter(buffer -> buffer.first() <= peak && peak <= buffer.last())
                .sorted(Comparator.comparingLong(Buffer::bytes).reversed())
                .toList();
    }

    /**
     * What an arena that is never shrunk holds after {@code runs} runs of these sizes, 1 or more:
     * pages that were in use once. It is at least the peak where takings are large, because an
     * arena finds no room in gaps.
     */
    public long arenaBytes(int runs) {
        if (runs < 1) {
            throw new IllegalArgumentException("runs must be 1 or more, not " + runs);
        }
        return Arena.touchedBytes(this, runs);
    }

    /** Multiplications of one run, each with its addition. */
    public long multiplyAdds() {
        return moments.stream().mapToLong(Moment::multiplyAdds).sum();
    }

    /** Bytes of all outputs of the graph. */
    public long outputBytes() {
        return buffers.stream().filter(Buffer::isOutput).mapToLong(Buffer::bytes).sum();
    }

    @Override
    public String toString() {
        return "%,d bytes at %s".formatted(peakBytes(), peakNode());
    }
}
