package dev.snug.speech.synth;

import static dev.snug.onnx.GraphBuilder.attribute;
import static dev.snug.speech.synth.ExportBuilder.longs;

import dev.snug.onnx.ElementType;

import java.util.ArrayList;
import java.util.List;

/**
 * The text embedding inside {@code preprocess.onnx}: ids [1, frames] to [1, frames, textDim], once
 * for the text and once for filler, masked by the same ids.
 */
final class TextBranch {
    private static final long KERNEL = 7;
    private static final float EPSILON = 1e-6f;

    private final ExportBuilder graph;
    private final Size size;
    private final String table;
    private final List<Block> blocks = new ArrayList<>();

    /** The weights of a block; the export gives each branch its own names for the matrices. */
    private record Block(
            String convolution,
            String convolutionBias,
            String scale,
            String shift,
            List<String> widening,
            String wideningBias,
            String gamma,
            String beta,
            List<String> narrowing,
            String narrowingBias) {}

    /** Adds the weights to {@code graph}, with the second names of the matrices. */
    TextBranch(ExportBuilder graph, Size size) {
        this.graph = graph;
        this.size = size;
        this.table =
                graph.weight("text_embed.text_embed.weight", size.tokens() + 1L, size.textDim());
        List<String> matrices = new ArrayList<>();
        int dim = size.textDim();
        for (int block = 0; block < size.textBlocks(); block++) {
            String name = "text_embed.text_blocks." + block;
            matrices.add(graph.matrix(name + ".pwconv1", dim, 2L * dim, 1));
            matrices.add(graph.matrix(name + ".pwconv2", 2L * dim, dim, 1));
        }
        List<String> again =
                matrices.reversed().stream()
                        .map(matrix -> graph.op("Identity", matrix))
                        .toList()
                        .reversed();
        for (int block = 0; block < size.textBlocks(); block++) {
            int first = 2 * block;
            blocks.add(
                    block(
                            "text_embed.text_blocks." + block,
                            List.of(matrices.get(first), again.get(first)),
                            List.of(matrices.get(first + 1), again.get(first + 1))));
        }
    }

    private Block block(String name, List<String> widening, List<String> narrowing) {
        int dim = size.textDim();
        return new Block(
                graph.weight(name + ".dwconv.weight", dim, 1, KERNEL),
                graph.weight(name + ".dwconv.bias", dim),
                graph.weight(name + ".norm.weight", dim),
                graph.weight(name + ".norm.bias", dim),
                widening,
                graph.weight(name + ".pwconv1.bias", 2L * dim),
                graph.weight(name + ".grn.gamma", 1, 1, 2L * dim),
                graph.weight(name + ".grn.beta", 1, 1, 2L * dim),
                narrowing,
                graph.weight(name + ".pwconv2.bias", dim));
    }

    /**
     * Both embeddings.
     *
     * @param ids int32, 0 where no text is
     * @param frames how many, int64 without sizes
     * @param positions what {@link ExportTables#positions} made
     * @return that of the text, that of filler
     */
    List<String> build(String ids, String frames, String positions) {
        String wide = graph.cast(ids, ElementType.INT64);
        String empty = graph.op("Equal", wide, graph.whole(0));
        String shape = graph.op("Shape", ids);
        String fillers =
                graph.op("ConstantOfShape", shape, ExportTensors.value(ExportTensors.int32(0, 1)));
        String filler = graph.op("Gather", table, fillers);
        String text = graph.op("Gather", table, ids);
        String mask = mask(empty, text);
        String place = place(frames, positions);
        String first = branch(graph.op("Add", text, place), mask, 0);
        String second = branch(graph.op("Add", filler, place), mask, 1);
        return List.of(first, second);
    }

    /** {@code empty} as wide as {@code text}: what torch makes of expand(-1, -1, n). */
    private String mask(String empty, String text) {
        String column = graph.op("Unsqueeze", empty, graph.list(-1));
        String shape = graph.op("Shape", text);
        String axis = graph.list(0);
        String begin = graph.list(-1);
        String end = graph.list(Long.MAX_VALUE);
        String last = graph.op("Slice", List.of(shape, begin, end, axis));
        String width = graph.op("Squeeze", last, graph.list(0));
        String same = graph.list(-1);
        String sameToo = graph.list(-1);
        String listed = graph.op("Unsqueeze", width, graph.list(0));
        String joined = graph.joined(0, same, sameToo, listed);
        String sizes = graph.reshape(joined, graph.list(-1));
        String rank = graph.op("Shape", sizes);
        String ones =
                graph.op("ConstantOfShape", rank, ExportTensors.value(ExportTensors.int64(1)));
        String unknown = graph.op("Mul", ones, graph.whole(-1));
        String isUnknown = graph.op("Equal", sizes, unknown);
        String known = graph.op("Where", List.of(isUnknown, ones, sizes));
        return graph.op("Expand", column, known);
    }

    private String place(String frames, String positions) {
        String count = graph.cast(frames, ElementType.INT64);
        String from = graph.whole(0);
        String step = graph.whole(1);
        String range = graph.op("Range", List.of(from, count, step));
        String row = graph.op("Unsqueeze", range, graph.list(0));
        return graph.gathered(positions, row, 0);
    }

    private String branch(String embedded, String mask, int branch) {
        String x = masked(embedded, mask);
        for (Block block : blocks) {
            x = masked(convNext(x, block, branch), mask);
        }
        return x;
    }

    private String masked(String x, String mask) {
        String isEmpty = graph.cast(mask, ElementType.BOOL);
        return graph.op("Where", List.of(isEmpty, graph.number(0), x));
    }

    private String convNext(String x, Block block, int branch) {
        String y = graph.transposed(x, 0, 2, 1);
        y =
                graph.convolution(
                        y, block.convolution(), block.convolutionBias(), size.textDim(), KERNEL);
        y = graph.transposed(y, 0, 2, 1);
        y =
                graph.op(
                        "LayerNormalization",
                        List.of(y, block.scale(), block.shift()),
                        attribute("axis", -1),
                        attribute("epsilon", EPSILON));
        y = graph.linear(y, block.widening().get(branch), block.wideningBias());
        y = responses(graph.gelu(y), block);
        y = graph.linear(y, block.narrowing().get(branch), block.narrowingBias());
        return graph.op("Add", x, y);
    }

    /** Global response normalisation. */
    private String responses(String x, Block block) {
        String length = graph.op("ReduceL2", x, longs("axes", 1), attribute("keepdims", 1));
        String mean = graph.op("ReduceMean", length, longs("axes", -1), attribute("keepdims", 1));
        String share = graph.op("Div", length, graph.op("Add", mean, graph.number(EPSILON)));
        String scaled = graph.op("Mul", block.gamma(), graph.op("Mul", x, share));
        return graph.op("Add", graph.op("Add", scaled, block.beta()), x);
    }
}
