package dev.snug.onnx.shape;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.OnnxException;

import java.util.List;

/** Operators that treat each element by itself, with numpy's broadcasting between inputs. */
final class ElementwiseRules {
    /** The output is like input 0. */
    static void unary(Site site) {
        site.make(site.dimensions(0));
    }

    /** The output is like input 0 with booleans for elements. */
    static void test(Site site) {
        site.make(0, ElementType.BOOL, site.dimensions(0));
    }

    /** All inputs, of one element type, broadcast together. */
    static void broadcast(Site site) {
        site.make(0, oneElementType(site, 0), broadcast(site, 0));
    }

    /** Inputs broadcast together; the exponent of a power may have a type of its own. */
    static void power(Site site) {
        site.make(broadcast(site, 0));
    }

    /** Inputs of one element type, broadcast together and compared. */
    static void comparison(Site site) {
        oneElementType(site, 0);
        site.make(0, ElementType.BOOL, broadcast(site, 0));
    }

    static void where(Site site) {
        site.make(0, oneElementType(site, 1), broadcast(site, 0));
    }

    static void cast(Site site) {
        ElementType to = ElementType.ofCode(site.node().longAttribute("to", 0));
        site.make(0, to, site.dimensions(0));
    }

    /** Whole numbers times their scales, whose type the output has. */
    static void dequantize(Site site) {
        site.make(0, site.type(1).elementType(), site.dimensions(0));
    }

    /** Random numbers in the shape of the input, of its type where the node names none. */
    static void random(Site site) {
        long code = site.node().longAttribute("dtype", 0);
        ElementType type = code == 0 ? site.type(0).elementType() : ElementType.ofCode(code);
        site.make(0, type, site.dimensions(0));
    }

    /** Output 0 is like the input; the mask has its shape. */
    static void dropout(Site site) {
        site.make(site.dimensions(0));
        site.make(1, ElementType.BOOL, site.dimensions(0));
    }

    /** Inference form: the output is like the input, its channels those of the statistics. */
    static void batchNormalization(Site site) {
        List<Dimension> x = site.dimensions(0, 2);
        for (int input = 1; input < site.node().inputs().size(); input++) {
            List<Dimension> statistic = site.dimensions(input);
            Dimensions.same(List.of(x.get(1)), statistic, "the channels of input " + input);
        }
        site.make(x);
    }

    private static List<Dimension> broadcast(Site site, int first) {
        List<Dimension> all = site.dimensions(first);
        for (int input = first + 1; input < site.node().inputs().size(); input++) {
            all = Dimensions.broadcast(all, site.dimensions(input));
        }
        return all;
    }

    private static ElementType oneElementType(Site site, int first) {
        ElementType type = site.type(first).elementType();
        for (int input = first + 1; input < site.node().inputs().size(); input++) {
            ElementType other = site.type(input).elementType();
            if (other != type) {
                throw new OnnxException("inputs are of " + type + " and of " + other);
            }
        }
        return type;
    }

    private ElementwiseRules() {}
}
