package dev.snug.vision.keras;

import dev.snug.onnx.Model;
import dev.snug.onnx.Port;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A Keras model as an ONNX graph. Its weights are mapped: they live as long as the {@link
 * KerasModel} it came from is open.
 *
 * @param inputs in the model's order, named as its input layers: pictures float32
 *     [1,height,width,channels] as Keras has them, others float32 [1,n]
 * @param output float32 [1,classes]
 * @param parameters what Keras' {@code count_params} says
 * @param convolutions every Conv2D, SeparableConv2D and DepthwiseConv2D call, in the order of calls
 */
public record ImportedModel(
        Model model,
        List<Port> inputs,
        Port output,
        long parameters,
        List<Convolution> convolutions) {
    public ImportedModel {
        inputs = List.copyOf(inputs);
        convolutions = List.copyOf(convolutions);
    }

    /** The last convolution called once whose output is spatial: where a heat map looks. */
    public Optional<Convolution> defaultTarget() {
        Map<String, Long> calls =
                convolutions.stream()
                        .collect(Collectors.groupingBy(Convolution::path, Collectors.counting()));
        return convolutions.reversed().stream()
                .filter(convolution -> convolution.isSpatial())
                .filter(convolution -> calls.getOrDefault(convolution.path(), 0L) == 1)
                .findFirst();
    }

    /** The convolutions with this path, or where there is none with this name at its end. */
    public List<Convolution> convolutions(String pathOrName) {
        List<Convolution> exact =
                convolutions.stream().filter(one -> one.path().equals(pathOrName)).toList();
        return exact.isEmpty()
                ? convolutions.stream()
                        .filter(one -> one.path().endsWith("/" + pathOrName))
                        .toList()
                : exact;
    }
}
