package dev.snug.onnx;

import java.util.Map;

/**
 * A graph with the versions that say how to read it.
 *
 * @param irVersion version of the file format, 3 to 13
 * @param opsets operator-set version by domain; the standard domain is the empty string
 * @param producer the tool that wrote it
 * @param metadata free key-value pairs kept with the model
 */
public record Model(
        long irVersion,
        Map<String, Long> opsets,
        String producer,
        Map<String, String> metadata,
        Graph graph) {
    /** IR version that Snug writes: ONNX 1.15, the first that all tools of the field read. */
    public static final long IR_VERSION = 9;

    /** Operator set that Snug's own graphs use. */
    public static final long OPSET = 20;

    public Model {
        opsets = Map.copyOf(opsets);
        metadata = Map.copyOf(metadata);
    }

    /** A model of standard operators around {@code graph}, as Snug writes it. */
    public static Model of(Graph graph) {
        return new Model(IR_VERSION, Map.of("", OPSET), "snug", Map.of(), graph);
    }

    /** The same model around another graph. */
    public Model withGraph(Graph newGraph) {
        return new Model(irVersion, opsets, producer, metadata, newGraph);
    }
}
