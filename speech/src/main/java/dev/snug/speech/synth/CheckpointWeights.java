package dev.snug.speech.synth;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Shape;
import dev.snug.onnx.format.RandomElements;
import dev.snug.onnx.format.TensorFile.Elements;
import dev.snug.speech.f5.LogMel;
import dev.snug.speech.synth.SafeTensorsWriter.Entry;

import java.util.ArrayList;
import java.util.List;

/**
 * The tensors of a checkpoint, by the names and in the layout that training leaves behind: first
 * those of F5TTS_v1_Base, then those of vocos-mel-24khz.
 */
final class CheckpointWeights {
    /** Training steps that the file claims, as many as the official one. */
    private static final long STEPS = 1_250_000;

    private static final int KERNEL = 7;
    private static final int PLACE_KERNEL = 31;
    private static final int SINUSOID = 256;

    private final long seed;
    private final String prefix;
    private final List<Entry> entries = new ArrayList<>();

    private CheckpointWeights(long seed, String prefix) {
        this.seed = seed;
        this.prefix = prefix;
    }

    /** The content of {@code model.safetensors}. */
    static List<Entry> f5(Size size, long seed) {
        CheckpointWeights weights = new CheckpointWeights(seed, "ema_model.transformer.");
        weights.entries.add(
                new Entry("step", ElementType.INT64, Shape.of(), block -> block.putLong(STEPS)));
        weights.embeddings(size);
        for (int block = 0; block < size.depth(); block++) {
            weights.block("transformer_blocks." + block, size);
        }
        weights.entries.add(
                new Entry("initted", ElementType.BOOL, Shape.of(), block -> block.put((byte) 1)));
        return weights.entries;
    }

    /** The content of {@code vocos/model.safetensors}. */
    static List<Entry> vocos(Size size, long seed) {
        CheckpointWeights weights = new CheckpointWeights(seed, "");
        int dim = size.vocosDim();
        float scale = 1f / size.vocosBlocks();
        weights.add("backbone.embed", dim, LogMel.BANDS, KERNEL);
        weights.norm("backbone.norm", dim);
        weights.norm("backbone.final_layer_norm", dim);
        for (int block = 0; block < size.vocosBlocks(); block++) {
            String name = "backbone.convnext." + block;
            weights.convNext(name, dim, size.vocosInner());
            weights.entries.add(
                    Entry.floats(
                            name + ".gamma",
                            Shape.of(dim),
                            RandomElements.of(seed, name + ".gamma", scale, scale / 10)));
        }
        weights.add("head.out", 2 * Tables.BINS, dim);
        weights.fixed("head.istft.window", Shape.of(Tables.WINDOW), Tables.hann());
        weights.fixed(
                "feature_extractor.mel_spec.spectrogram.window",
                Shape.of(Tables.WINDOW),
                Tables.hann());
        weights.fixed(
                "feature_extractor.mel_spec.mel_scale.fb",
                Shape.of(Tables.BINS, LogMel.BANDS),
                Tables.trianglesByBin());
        return weights.entries;
    }

    private void embeddings(Size size) {
        int dim = size.dim();
        add("time_embed.time_mlp.0", dim, SINUSOID);
        add("time_embed.time_mlp.2", dim, dim);
        weight("text_embed.text_embed.weight", size.tokens() + 1, size.textDim());
        for (int block = 0; block < size.textBlocks(); block++) {
            String name = "text_embed.text_blocks." + block;
            convNext(name, size.textDim(), 2 * size.textDim());
            weight(name + ".grn.gamma", 1, 1, 2L * size.textDim());
            weight(name + ".grn.beta", 1, 1, 2L * size.textDim());
        }
        add("input_embed.proj", dim, 2 * LogMel.BANDS + size.textDim());
        add("input_embed.conv_pos_embed.conv1d.0", dim, dim / Size.GROUPS, PLACE_KERNEL);
        add("input_embed.conv_pos_embed.conv1d.2", dim, dim / Size.GROUPS, PLACE_KERNEL);
        fixed("rotary_embed.inv_freq", Shape.of(Size.HEAD / 2), Tables.frequencies(Size.HEAD));
        add("norm_out.linear", 2L * dim, dim);
        add("proj_out", LogMel.BANDS, dim);
    }

    private void block(String name, Size size) {
        add(name + ".attn_norm.linear", 6L * size.dim(), size.dim());
        add(name + ".attn.to_q", size.inner(), size.dim());
        add(name + ".attn.to_k", size.inner(), size.dim());
        add(name + ".attn.to_v", size.inner(), size.dim());
        add(name + ".attn.to_out.0", size.dim(), size.inner());
        add(name + ".ff.ff.0.0", size.middle(), size.dim());
        add(name + ".ff.ff.2", size.dim(), size.middle());
    }

    private void convNext(String name, int dim, int inner) {
        add(name + ".dwconv", dim, 1, KERNEL);
        norm(name + ".norm", dim);
        add(name + ".pwconv1", inner, dim);
        add(name + ".pwconv2", dim, inner);
    }

    private void norm(String name, int dim) {
        weight(name + ".weight", dim);
        weight(name + ".bias", dim);
    }

    /** A weight and the bias of its outputs. */
    private void add(String name, long... sizes) {
        weight(name + ".weight", sizes);
        weight(name + ".bias", sizes[0]);
    }

    private void weight(String name, long... sizes) {
        Shape shape = Shape.of(sizes);
        fixed(name, shape, InitialWeights.of(seed, prefix + name, shape));
    }

    private void fixed(String name, Shape shape, Elements elements) {
        entries.add(Entry.floats(prefix + name, shape, elements));
    }
}
