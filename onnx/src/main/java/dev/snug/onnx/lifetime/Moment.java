package dev.snug.onnx.lifetime;

import dev.snug.onnx.Node;

import java.util.List;

/**
 * What is held, and computed, while one node runs.
 *
 * @param node that runs
 * @param bufferBytes of all buffers that are held, the node's outputs included
 * @param workspaceBytes the pieces that the operator takes for itself
 * @param multiplyAdds multiplications, each with its addition, of products and convolutions
 */
public record Moment(Node node, long bufferBytes, List<Long> workspaceBytes, long multiplyAdds) {
    public Moment {
        workspaceBytes = List.copyOf(workspaceBytes);
    }

    /** Buffers and working memory. */
    public long bytes() {
        return bufferBytes + workspaceBytes.stream().mapToLong(Long::longValue).sum();
    }

    /** The node's name, or its first output's where it has none. */
    public String nodeName() {
        return node.name().isEmpty() ? node.output(0) : node.name();
    }
}
