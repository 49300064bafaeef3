package dev.snug.onnx.quantize;

import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;
import dev.snug.onnx.surgery.Prune;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The edit that stores the constant matrices of products in fewer bits. What else a graph holds
 * stays as it is.
 */
public final class MatrixWeights {
    /**
     * Rows and columns; smaller matrices cost more in scales and extra operators than they save.
     */
    private static final int SIDE_MIN = 64;

    /** The domain of the operators of ONNX Runtime that are not in the standard. */
    static final String MICROSOFT = "com.microsoft";

    private MatrixWeights() {}

    /**
     * Matrices that stay or go together: those of one kind in all layers.
     *
     * @param name the weight's name without numbers, and its size
     * @param elements values in all of them
     */
    public record Group(String name, long elements) {}

    /** The groups of {@code model} that {@code to} can store, in the order of their first use. */
    public static List<Group> groups(Model model, Precision to) {
        Map<String, Long> elements = new LinkedHashMap<>();
        Kind kind = Kind.of(to);
        for (Product product : Product.of(model.graph())) {
            if (isWorthIt(product) && kind.fits(product.factor())) {
                elements.merge(product.group(), product.factor().elements(), Long::sum);
            }
        }
        return elements.entrySet().stream()
                .map(each -> new Group(each.getKey(), each.getValue()))
                .toList();
    }

    /**
     * The same model with its matrices in {@code to}.
     *
     * @param to {@link Precision#INT8}, {@link Precision#INT4} or {@link Precision#DYNAMIC_INT8}
     * @param isWide says of a group's name whether it stays as it is
     * @param file takes the new weights; the result is good as long as its tensors are mapped
     * @throws OnnxException when the disk is full
     * @throws IllegalArgumentException when {@code to} is not of matrices
     */
    public static Model of(Model model, Precision to, Predicate<String> isWide, TensorFile file) {
        Kind kind = Kind.of(to);
        Graph graph = model.graph();
        Map<Node, Product> products = new HashMap<>();
        Set<Node> gone = new HashSet<>();
        for (Product product : Product.of(graph)) {
            if (isWorthIt(product)
                    && kind.fits(product.factor())
                    && !isWide.test(product.group())) {
                products.put(product.node(), product);
                if (product.addition() != null) {
                    gone.add(product.addition());
                }
            }
        }
        GraphBuilder names = GraphBuilder.from(graph);
        Map<String, Tensor> initializers = new LinkedHashMap<>(graph.initializers());
        Target target = new Target(names, new ArrayList<>(), initializers, file, new HashMap<>());
        for (Node node : graph.nodes()) {
            Product product = products.get(node);
            if (product != null) {
                kind.replace(product, target);
            } else if (!gone.contains(node)) {
                target.nodes().add(node);
            }
        }
        Map<String, Long> opsets = new HashMap<>(model.opsets());
        opsets.putIfAbsent(MICROSOFT, 1L);
        return new Model(
                model.irVersion(),
                opsets,
                model.producer(),
                model.metadata(),
                Prune.unused(graph.with(target.nodes(), initializers)));
    }

    private static boolean isWorthIt(Product product) {
        return product.factor().rows() >= SIDE_MIN && product.factor().columns() >= SIDE_MIN;
    }

    /** How a product is replaced. */
    interface Kind {
        /** Whether the matrix can be stored so. */
        boolean fits(Factor factor);

        /** Adds what computes the product, under the name of its result. */
        void replace(Product product, Target target);

        private static Kind of(Precision to) {
            return switch (to) {
                case INT8 -> BlockProducts.OF_8_BITS;
                case INT4 -> BlockProducts.OF_4_BITS;
                case DYNAMIC_INT8 -> new DynamicProducts();
                case FP32, FP16 ->
                        throw new IllegalArgumentException(to.word() + " is not of matrices alone");
            };
        }
    }

    /**
     * The graph that comes out.
     *
     * @param rounded of a value that was rounded already the names of its parts, by its own name
     */
    record Target(
            GraphBuilder names,
            List<Node> nodes,
            Map<String, Tensor> initializers,
            TensorFile file,
            Map<String, List<String>> rounded) {
        /** Adds a constant under a fresh name that begins with {@code hint}. */
        String constant(String hint, Tensor tensor) {
            String name = names.fresh(hint);
            initializers.put(name, tensor);
            return name;
        }
    }
}
