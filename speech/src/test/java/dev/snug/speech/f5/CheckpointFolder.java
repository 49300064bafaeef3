package dev.snug.speech.f5;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Progress;
import dev.snug.runtime.json.Json;
import dev.snug.speech.Golden;
import dev.snug.speech.StageGolden;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Checkpoints as they are downloaded: the golden one, and seeded random ones of other sizes. */
public final class CheckpointFolder {
    private static final String PREFIX = "ema_model.transformer.";

    private final Map<String, int[]> shapes = new LinkedHashMap<>();

    private CheckpointFolder() {}

    /** The golden checkpoint in {@code folder}, with its vocoder in a folder inside. */
    public static Path golden(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("vocos-mel-24khz"));
        copy("model.safetensors", folder.resolve("model.safetensors"));
        copy("model.yaml", folder.resolve("model.yaml"));
        copy("vocos.safetensors", folder.resolve("vocos-mel-24khz/model.safetensors"));
        copy("config.yaml", folder.resolve("vocos-mel-24khz/config.yaml"));
        Files.copy(StageGolden.file("vocab.txt"), folder.resolve("vocab.txt"));
        return folder;
    }

    private static void copy(String golden, Path to) throws IOException {
        Files.copy(Golden.file(golden), to);
    }

    /** A checkpoint of {@code sizes} in {@code folder}, beside the golden vocoder. */
    static Path random(Path folder, F5Sizes sizes, int seed) throws IOException {
        Files.createDirectories(folder.resolve("vocos"));
        CheckpointFolder made = new CheckpointFolder();
        made.transformer(sizes);
        made.write(folder.resolve("weights.safetensors"), seed);
        copy("vocos.safetensors", folder.resolve("vocos/pruned.safetensors"));
        // CRLF, as the official F5TTS_Base has it.
        Files.writeString(
                folder.resolve("vocab.txt"),
                IntStream.range(0, sizes.tokens() - 1)
                        .mapToObj(i -> (char) (' ' + i) + "\r\n")
                        .collect(Collectors.joining()));
        return folder;
    }

    /** The bundle of {@code source} in the store at {@code home}, called test. */
    public static Bundle installed(Path source, @Nullable F5Version version, Path home) {
        return F5Import.run(
                        new F5Import.Request(source, null, null, version, "test", null, List.of()),
                        new BundleStore(home),
                        "test",
                        _ -> {},
                        Progress.NONE)
                .bundle();
    }

    private void transformer(F5Sizes sizes) {
        int dim = sizes.transformer().dim();
        int text = sizes.textDim();
        int inner = sizes.transformer().heads() * TransformerSizes.HEAD_CHANNELS;
        linear("time_embed.time_mlp.0", dim, TransformerSizes.TIME_CHANNELS);
        linear("time_embed.time_mlp.2", dim, dim);
        add("text_embed.text_embed.weight", sizes.tokens(), text);
        for (int block = 0; block < sizes.textBlocks(); block++) {
            String name = "text_embed.text_blocks." + block;
            add(name + ".dwconv.weight", text, 1, 7);
            add(name + ".dwconv.bias", text);
            add(name + ".norm.weight", text);
            add(name + ".norm.bias", text);
            linear(name + ".pwconv1", 2 * text, text);
            add(name + ".grn.gamma", 1, 1, 2 * text);
            add(name + ".grn.beta", 1, 1, 2 * text);
            linear(name + ".pwconv2", text, 2 * text);
        }
        linear("input_embed.proj", dim, 2 * sizes.mel() + text);
        for (int layer : List.of(0, 2)) {
            add("input_embed.conv_pos_embed.conv1d." + layer + ".weight", dim, dim / 16, 31);
            add("input_embed.conv_pos_embed.conv1d." + layer + ".bias", dim);
        }
        for (int block = 0; block < sizes.transformer().depth(); block++) {
            String name = "transformer_blocks." + block;
            linear(name + ".attn_norm.linear", 6 * dim, dim);
            for (String part : List.of("to_q", "to_k", "to_v")) {
                linear(name + ".attn." + part, inner, dim);
            }
            linear(name + ".attn.to_out.0", dim, inner);
            linear(name + ".ff.ff.0.0", 4 * dim, dim);
            linear(name + ".ff.ff.2", dim, 4 * dim);
        }
        linear("norm_out.linear", 2 * dim, dim);
        linear("proj_out", sizes.mel(), dim);
    }

    private void linear(String name, int out, int in) {
        add(name + ".weight", out, in);
        add(name + ".bias", out);
    }

    private void add(String name, int... shape) {
        shapes.put(PREFIX + name, shape);
    }

    private void write(Path file, int seed) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        int end = 0;
        for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
            int begin = end;
            end += elements(entry.getValue()) * Float.BYTES;
            header.put(
                    entry.getKey(),
                    Map.of(
                            "dtype",
                            "F32",
                            "shape",
                            IntStream.of(entry.getValue()).boxed().toList(),
                            "data_offsets",
                            List.of(begin, end)));
        }
        byte[] text = Json.bytes(header);
        ByteBuffer bytes =
                ByteBuffer.allocate(Long.BYTES + text.length + end).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        SplittableRandom random = new SplittableRandom(seed);
        for (int[] shape : shapes.values()) {
            double scale = Math.sqrt((double) shape[0] / elements(shape));
            for (int i = 0; i < elements(shape); i++) {
                bytes.putFloat((float) (scale * random.nextDouble(-1, 1)));
            }
        }
        Files.write(file, bytes.array());
    }

    private static int elements(int... shape) {
        return IntStream.of(shape).reduce(1, Math::multiplyExact);
    }

    /** Replaces the first {@code from} in the header of {@code file}; lengths may differ. */
    static void edit(Path file, String from, String to) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        ByteBuffer bytes = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong();
        String header = new String(whole, Long.BYTES, length, StandardCharsets.UTF_8);
        if (!header.contains(from)) {
            throw new IllegalArgumentException(from);
        }
        int at = header.indexOf(from);
        byte[] edited =
                (header.substring(0, at) + to + header.substring(at + from.length()))
                        .getBytes(StandardCharsets.UTF_8);
        int values = whole.length - Long.BYTES - length;
        Files.write(
                file,
                ByteBuffer.allocate(Long.BYTES + edited.length + values)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(edited.length)
                        .put(edited)
                        .put(whole, Long.BYTES + length, values)
                        .array());
    }
}
