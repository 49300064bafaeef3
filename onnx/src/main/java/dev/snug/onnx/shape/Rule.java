package dev.snug.onnx.shape;

/**
 * How one operator's output types follow from its input types, attributes and constant inputs.
 *
 * <p>A rule makes what it can find; outputs of which it finds nothing it leaves alone. It throws an
 * {@link dev.snug.onnx.OnnxException} that says what contradicts what; the node is named for it.
 */
@FunctionalInterface
interface Rule {
    void infer(Site site);
}
