package dev.snug.onnx.quantize;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Node;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;
import dev.snug.onnx.quantize.MatrixWeights.Target;

import java.util.List;
import java.util.Map;

/**
 * Matrices in blocks of a column, each with a scale: com.microsoft's MatMulNBits, which computes in
 * float32.
 *
 * @param bits of a value, 4 or 8
 * @param block values that share a scale
 */
record BlockProducts(int bits, int block) implements MatrixWeights.Kind {
    /** Blocks of 128: a scale each 32 would be 12 % more bytes for a sixth of the error. */
    static final BlockProducts OF_8_BITS = new BlockProducts(8, 128);

    /** Blocks of 64, between the bytes of 128 and the error of 32. */
    static final BlockProducts OF_4_BITS = new BlockProducts(4, 64);

    @Override
    public boolean fits(Factor factor) {
        return factor.rows() % block == 0;
    }

    @Override
    public void replace(Product product, Target target) {
        Factor factor = product.factor();
        int blocks = factor.rows() / block;
        long bytes = (long) block * bits / Byte.SIZE;
        Blocks made = new Blocks(factor, bits, block);
        String matrix =
                target.constant(
                        product.weight() + ".blocks",
                        target.file()
                                .tensor(
                                        ElementType.UINT8,
                                        Shape.of(factor.columns(), blocks, bytes),
                                        octets(made)));
        String scales =
                target.constant(
                        product.weight() + ".scales",
                        Tensor.floats(made.scales(), made.scales().length));
        target.nodes()
                .add(
                        new Node(
                                product.output(),
                                MatrixWeights.MICROSOFT,
                                "MatMulNBits",
                                List.of(product.left(), matrix, scales, "", "", product.bias()),
                                List.of(product.output()),
                                Map.of(
                                        "K", new Attribute.OfLong(factor.rows()),
                                        "N", new Attribute.OfLong(factor.columns()),
                                        "bits", new Attribute.OfLong(bits),
                                        "block_size", new Attribute.OfLong(block))));
    }

    /** Of two values in a byte the first is in the low bits. */
    private TensorFile.Filling octets(Blocks blocks) {
        int each = Byte.SIZE / bits;
        int[] next = new int[1];
        return piece -> {
            while (piece.hasRemaining()) {
                int octet = 0;
                for (int i = 0; i < each; i++) {
                    octet |= blocks.whole(next[0]++) << (i * bits);
                }
                piece.put((byte) octet);
            }
        };
    }
}
