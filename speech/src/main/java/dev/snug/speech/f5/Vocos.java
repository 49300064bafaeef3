package dev.snug.speech.f5;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;
import dev.snug.speech.safetensors.CheckpointException;
import dev.snug.speech.safetensors.SafeTensors;

import java.util.List;

/**
 * The vocoder Vocos: a graph from log-mel [1, frames, 100] to spectra [1, frames, 2 · 513], and the
 * way from those to samples of 24 kHz.
 *
 * <p>The last step, an inverse Fourier transform, is Java: see {@link Fourier}.
 *
 * <p>Source: Siuzdak, "Vocos: Closing the gap between time-domain and Fourier-based neural vocoders
 * for high-quality audio synthesis", 2023 (arXiv 2306.00814), and gemelo-ai/vocos.
 */
public final class Vocos {
    /** Input: the log-mel spectrogram. */
    public static final String MEL = "mel";

    /** Output: real parts, then imaginary parts. */
    public static final String SPECTRA = "spectra";

    /** Magnitudes end here; beyond, the exponential of a bad frame would drown the rest. */
    private static final float MAGNITUDE_MAX = 100;

    /** Blocks; the published vocoder has 8. */
    static final int BLOCKS_MOST = 1000;

    private static final Dimension FRAMES = new Dimension.Symbol("frames");

    private final Layers layers;
    private final int channels;

    private Vocos(Layers layers, int channels) {
        this.layers = layers;
        this.channels = channels;
    }

    /**
     * The graph of {@code checkpoint}, usable as long as it and the tensors of {@code made} are.
     *
     * @throws CheckpointException when a weight is missing, unknown or of another shape
     */
    public static Model model(SafeTensors checkpoint, TensorFile made) {
        Weights weights = new Weights(checkpoint, "", made);
        Layers layers = new Layers(new GraphBuilder("vocos"), weights);
        int channels = (int) weights.shape("backbone.embed.weight", 3).size(0);
        new Vocos(layers, channels).build();
        weights.requireNothingLeft(
                name -> name.startsWith("feature_extractor.") || name.equals("head.istft.window"));
        return layers.model();
    }

    private void build() {
        String x = layers.graph().input(MEL, Layers.perFrame(FRAMES, LogMel.BANDS));
        x = layers.convolution(layers.swapped(x), "backbone.embed", LogMel.BANDS, channels, 1);
        x = layers.norm(layers.swapped(x), "backbone.norm", channels);
        int blocks = layers.weights().count("backbone.convnext.", ".gamma", BLOCKS_MOST);
        for (int block = 0; block < blocks; block++) {
            x = layers.convNeXt(x, "backbone.convnext." + block, channels);
        }
        x = layers.norm(x, "backbone.final_layer_norm", channels);
        x = layers.linear(x, "head.out", channels, Overlap.VALUES);

        List<String> parts = layers.split(x, 2, Fourier.BINS, Fourier.BINS);
        String magnitude =
                layers.add(
                        "Min",
                        "magnitude",
                        layers.add("Exp", "exponential", parts.getFirst()),
                        layers.constant("magnitude.max", MAGNITUDE_MAX));
        String phase = parts.getLast();
        String real = layers.add("Mul", "real", magnitude, layers.add("Cos", "cosine", phase));
        String imaginary =
                layers.add("Mul", "imaginary", magnitude, layers.add("Sin", "sine", phase));
        layers.graph()
                .addNode(
                        "Concat",
                        List.of(real, imaginary),
                        List.of(SPECTRA),
                        GraphBuilder.attribute("axis", 2));
        layers.graph().output(SPECTRA, Layers.perFrame(FRAMES, Overlap.VALUES));
    }

    /**
     * The samples of {@code spectra}, nominally -1 to 1: (frames - 1) · 256 of them.
     *
     * @throws IllegalArgumentException when the spectra are not an output of the graph
     */
    public static float[] samples(Tensor spectra) {
        if (spectra.elementType() != ElementType.FLOAT
                || spectra.shape().rank() != 3
                || spectra.shape().size(0) != 1
                || spectra.shape().size(1) < 1
                || spectra.shape().size(1) > Frames.MOST
                || spectra.shape().size(2) != Overlap.VALUES) {
            throw new IllegalArgumentException(
                    "spectra are float32 [1, 1 to %d, %d], not %s"
                            .formatted(Frames.MOST, Overlap.VALUES, spectra));
        }
        return Overlap.signal(spectra.bytes().asFloatBuffer());
    }
}
