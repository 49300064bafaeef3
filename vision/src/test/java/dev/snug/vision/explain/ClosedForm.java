package dev.snug.vision.explain;

import dev.snug.onnx.Graph;
import dev.snug.onnx.Node;
import dev.snug.onnx.Tensor;

import java.util.Arrays;
import java.util.Objects;

/**
 * Grad-CAM of one kind of head in float64, by its formula: batch norm, SiLU, global average
 * pooling, dense layer, factor, softmax. The gradient is that of the probability, P·(onehot − P),
 * with 1 − P as the sum of the other probabilities, so that it is exact when P is nearly 1.
 */
final class ClosedForm {
    private final Graph graph;
    private final double[] activations;
    private final int channels;
    private final int pixels;

    /**
     * @param activations float32 [1, channels, h, w]
     */
    ClosedForm(Graph graph, Tensor activations) {
        this.graph = graph;
        this.activations = widen(activations);
        this.channels = (int) activations.shape().size(1);
        this.pixels = this.activations.length / channels;
    }

    /** The gradient of the probability of {@code chosen} at the logits. */
    double[] probabilityGradient(int chosen) {
        double[] logits = logits();
        double largest = Arrays.stream(logits).max().orElseThrow();
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit - largest);
        }
        double[] gradient = new double[logits.length];
        double chosenProbability = Math.exp(logits[chosen] - largest) / sum;
        for (int at = 0; at < logits.length; at++) {
            if (at != chosen) {
                double probability = Math.exp(logits[at] - largest) / sum;
                gradient[at] = -chosenProbability * probability;
                gradient[chosen] += chosenProbability * probability;
            }
        }
        return gradient;
    }

    /** The map for a gradient at the logits, before it is normalised. */
    double[] map(double[] logitGradient) {
        double[] map = new double[pixels];
        double[] dense = parameter("Gemm", 1);
        double factor = parameter("Mul", 1)[0];
        for (int channel = 0; channel < channels; channel++) {
            double pooled = 0;
            for (int at = 0; at < logitGradient.length; at++) {
                pooled += factor * logitGradient[at] * dense[channel * logitGradient.length + at];
            }
            double mean = 0;
            for (int pixel = 0; pixel < pixels; pixel++) {
                double y = normalized(channel, pixel);
                double s = sigmoid(y);
                mean += (s + y * s * (1 - s)) * scale(channel) * pooled / pixels / pixels;
            }
            for (int pixel = 0; pixel < pixels; pixel++) {
                map[pixel] += mean * activations[channel * pixels + pixel];
            }
        }
        for (int pixel = 0; pixel < pixels; pixel++) {
            map[pixel] = Math.max(0, map[pixel]);
        }
        return map;
    }

    private double[] logits() {
        double[] dense = parameter("Gemm", 1);
        double[] logits = parameter("Gemm", 2);
        double factor = parameter("Mul", 1)[0];
        for (int at = 0; at < logits.length; at++) {
            for (int channel = 0; channel < channels; channel++) {
                double mean = 0;
                for (int pixel = 0; pixel < pixels; pixel++) {
                    double y = normalized(channel, pixel);
                    mean += y * sigmoid(y) / pixels;
                }
                logits[at] += mean * dense[channel * logits.length + at];
            }
            logits[at] *= factor;
        }
        return logits;
    }

    private double normalized(int channel, int pixel) {
        double centred =
                activations[channel * pixels + pixel] - parameter("BatchNormalization", 3)[channel];
        return centred * scale(channel) + parameter("BatchNormalization", 2)[channel];
    }

    private double scale(int channel) {
        double variance = parameter("BatchNormalization", 4)[channel];
        return parameter("BatchNormalization", 1)[channel] / Math.sqrt(variance + 1e-5f);
    }

    /** The constant that the last node of {@code operator} reads as input {@code input}. */
    private double[] parameter(String operator, int input) {
        Node node =
                graph.nodes().reversed().stream()
                        .filter(candidate -> candidate.is(operator))
                        .findFirst()
                        .orElseThrow();
        return widen(Objects.requireNonNull(graph.initializers().get(node.input(input))));
    }

    private static double sigmoid(double y) {
        return 1 / (1 + Math.exp(-y));
    }

    private static double[] widen(Tensor tensor) {
        float[] values = tensor.toFloats();
        double[] wide = new double[values.length];
        for (int at = 0; at < values.length; at++) {
            wide[at] = values[at];
        }
        return wide;
    }
}
