package dev.snug.runtime.bundle;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.runtime.json.JsonLimits;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where measurements are kept: in the manifest of a model of the user's own; of one that ships with
 * Snug, which nobody changes, in {@code HOME/measured/NAME.json}, with the SHA-256 of the manifest
 * that was measured, so that they end with it.
 */
public final class MeasuredModels {
    /** How long to wait for another writer of the model. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String MODEL = "manifest_sha256";
    private static final String BYTES = "measured_bytes";
    private static final String MICROS = "measured_micros";
    private static final String QUALITY = "quality";

    private final Path measured;
    private final ModelFolders folders;

    /** Those of the models in {@code home}, and of the shipped ones that are used with it. */
    public MeasuredModels(Path home) {
        this.measured = home.toAbsolutePath().resolve("measured");
        this.folders = new ModelFolders(Disk.REAL, home.toAbsolutePath(), PATIENCE);
    }

    /**
     * What was measured of {@code manifest}'s model.
     *
     * @throws BundleException when the side file is there and cannot be understood
     */
    public Measured of(Manifest manifest) {
        Path file = file(manifest.name());
        if (!Files.exists(file)) {
            return manifest.measured();
        }
        try {
            byte[] text = BoundedFile.read(file, JsonLimits.MANIFEST.bytes());
            Fields fields = new Fields(Json.parseObject(text, file.toString()), file.toString());
            boolean isOfThis = fields.text(MODEL).equals(sha256(manifest));
            Measured beside =
                    new Measured(
                            fields.figures(BYTES, Manifest.MAX_FIGURES),
                            fields.figures(MICROS, Manifest.MAX_FIGURES),
                            fields.has(QUALITY)
                                    ? fields.numbers(QUALITY, Manifest.MAX_FIGURES)
                                    : Map.of());
            fields.requireNoOther();
            return isOfThis ? manifest.measured().with(beside) : manifest.measured();
        } catch (JsonException e) {
            throw new BundleException(
                    e.getMessage() + ". Delete it, and measure the model again", e);
        } catch (IOException e) {
            throw BundleException.of("read what was measured of " + manifest.name(), file, e);
        }
    }

    /**
     * Adds {@code more} to what was measured of {@code bundle}'s model; figures of the same keys
     * are replaced. Processes that have the model open go on.
     *
     * @throws BundleException when the model was replaced meanwhile, or the disk refuses
     * @throws IllegalArgumentException when there are more figures than a manifest holds
     */
    public void add(Bundle bundle, Measured more) {
        String name = bundle.manifest().name();
        String doing = "note what was measured of " + name;
        try (InstallLock _ = folders.lock(name, doing)) {
            bundle.requireCurrent();
            if (isOwn(bundle)) {
                addToManifest(bundle.folder(), more);
            } else {
                writeBeside(bundle.manifest(), of(bundle.manifest()).with(more));
            }
        } catch (IOException e) {
            throw BundleException.of(doing, bundle.folder(), e);
        }
    }

    private boolean isOwn(Bundle bundle) throws IOException {
        Path own = folders.swap(bundle.manifest().name()).visible();
        return Files.exists(own) && own.toRealPath().equals(bundle.folder());
    }

    private static void addToManifest(Path folder, Measured more) throws IOException {
        // Another process may have measured since the bundle was opened.
        Bundle now = Bundle.glance(folder);
        Manifest manifest = now.manifest().withMeasured(now.manifest().measured().with(more));
        byte[] text = ManifestJson.bytes(manifest);
        // First the copies: when this ends in between they are made anew, never taken for current.
        relink(folder, now.manifestSha256(), Checksum.of(text));
        WholeFile.write(folder.resolve(Manifest.FILE_NAME), out -> out.write(text));
    }

    /** Optimised copies belong to a manifest by its SHA-256; measuring does not make them old. */
    private static void relink(Path folder, String oldSha256, String newSha256) throws IOException {
        try (DirectoryStream<Path> copies =
                Files.newDirectoryStream(folder, Bundle.OPTIMIZED + "*")) {
            for (Path copy : copies) {
                Path file = copy.resolve(Manifest.FILE_NAME);
                if (Files.isRegularFile(file)) {
                    byte[] text = BoundedFile.read(file, JsonLimits.MANIFEST.bytes());
                    Manifest manifest = ManifestJson.read(text, file.toString());
                    if (manifest.sourceSha256().equals(oldSha256)) {
                        byte[] linked = ManifestJson.bytes(manifest.withSourceSha256(newSha256));
                        WholeFile.write(file, out -> out.write(linked));
                    }
                }
            }
        }
    }

    private void writeBeside(Manifest manifest, Measured all) {
        // Checks the count, as the manifest of an own model would.
        Measured checked = manifest.withMeasured(all).measured();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(MODEL, sha256(manifest));
        fields.put(BYTES, checked.bytes());
        fields.put(MICROS, checked.micros());
        fields.put(QUALITY, checked.quality());
        WholeFile.write(file(manifest.name()), out -> out.write(Json.bytes(fields)));
    }

    /** Equal manifests are equal bytes. */
    private static String sha256(Manifest manifest) {
        return Checksum.of(ManifestJson.bytes(manifest));
    }

    private Path file(String name) {
        return measured.resolve(ModelName.folder(name) + ".json");
    }
}
