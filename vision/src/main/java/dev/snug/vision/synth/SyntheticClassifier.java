package dev.snug.vision.synth;

import dev.snug.runtime.bundle.WholeFile;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonLimits;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A {@code .keras} file with random weights: EfficientNetV2-S for pictures of 300 × 300 pixels and
 * seven classes, 20,340,327 parameters, in the configuration that Keras 3.15.1 wrote of it.
 */
public final class SyntheticClassifier {
    /** What Keras' {@code count_params} says of it. */
    public static final long PARAMETERS = 20_340_327;

    /** The configuration and all that HDF5 and zip add. */
    private static final long OTHER_BYTES = 4 << 20;

    private static final String CONFIG = "efficientnetv2-s.config.json.gz";
    private static final String VERSION = "3.15.1";

    /** 35 times the text; a nested model takes six levels. */
    private static final JsonLimits LIMITS = new JsonLimits(16 << 20, 500_000, 200, 1 << 20);

    private SyntheticClassifier() {}

    /** The room that {@link #write} takes on the disk: the file, and its weights once more. */
    public static long bytes() {
        return 2 * PARAMETERS * Float.BYTES + OTHER_BYTES;
    }

    /**
     * Writes {@code file}, which appears whole or not at all. Equal seeds make equal files.
     *
     * @param scratch a folder on the same disk, for the weights while they are made
     * @throws dev.snug.runtime.bundle.BundleException when the disk refuses
     */
    public static void write(Path file, Path scratch, long seed) throws IOException {
        write(file, scratch, seed, config());
    }

    /** Writes a model of the configuration {@code config}. */
    static void write(Path file, Path scratch, long seed, byte[] config) throws IOException {
        Map<String, @Nullable Object> parsed = Json.parseObject(config, "config.json", LIMITS);
        Path weights = scratch.resolve("model.weights.h5");
        try {
            KerasWeights.write(weights, parsed, seed);
            WholeFile.write(file, out -> zip(out, config, weights));
        } finally {
            Files.deleteIfExists(weights);
        }
    }

    private static byte[] config() {
        try (InputStream in =
                        Objects.requireNonNull(
                                SyntheticClassifier.class.getResourceAsStream(CONFIG), CONFIG);
                GZIPInputStream text = new GZIPInputStream(in)) {
            return text.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void zip(OutputStream out, byte[] config, Path weights) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        String metadata = "{\"keras_version\": \"" + VERSION + "\"}";
        put(zip, "metadata.json", metadata.getBytes(StandardCharsets.UTF_8));
        put(zip, "config.json", config);
        ZipEntry entry = stored("model.weights.h5", Files.size(weights), checksum(weights));
        zip.putNextEntry(entry);
        Files.copy(weights, zip);
        zip.finish();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        zip.putNextEntry(stored(name, content.length, checksum.getValue()));
        zip.write(content);
    }

    /** As Keras writes it: not compressed, so that it can be mapped; no date of today. */
    private static ZipEntry stored(String name, long bytes, long checksum) {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes);
        entry.setCrc(checksum);
        entry.setTime(0);
        return entry;
    }

    private static long checksum(Path file) throws IOException {
        CRC32 checksum = new CRC32();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), checksum)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return checksum.getValue();
    }
}
